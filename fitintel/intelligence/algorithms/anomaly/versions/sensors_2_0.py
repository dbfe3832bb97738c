"""What a sensor got wrong: heart rates, step rates, highest speeds and climbs that do not fit each other or the past.

Each test compares a workout with the athlete's own earlier ones of its sport and type, on the log scale. Two signs that
agree (a mean far below while the highest value is as ever) count for more than one alone: a hard or an easy day moves
both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.intelligence.past import Codes, Numbers, PastWindows

Mask = NDArray[np.bool_]

NEAREST = 3
LEAST = 10
"""Earlier workouts that a comparison needs."""
FAULT, LONG = 6.0, 5.0
"""Robust z beyond which one sign alone is a fault, and beyond which a half or double value is."""
ALONE, PEAKED = 3.0, (3.8, 4.7)
"""Robust z of a flat heart rate that may be a rhythm of steps, and of a highest value whose mean is as usual: on a walk
and else."""
PEAK = 1.6
"""Highest heart rate over the mean of a walk that no walk has."""
NO_EFFORT, TWICE = 75.0, 2.0
"""bpm and ratio: a mean below the first with a highest value beyond so many times it, nobody has in a workout."""
AGREED, EACH = 6.0, 2.0
"""Sum of two signs' z that makes a fault when both point to it, and the least that each must show."""
HALF, HALVED = float(np.log(2.0)), 0.12
"""Log distance from half or double within which a value counts as halved or doubled."""
FLOOR = {"hr_mean": 0.05, "ratio": 0.03, "cadence": 0.05, "steps": 0.05, "top": 0.10, "climb": 0.40}
"""Least SD of a log quantity: a run of equal values must not make a small step a large one."""
LOCKED = 3.0
"""1/min. A heart rate this close to the cadence may be the rhythm of steps."""
FLAT = 6.0
"""bpm. A highest heart rate this close to the mean belongs to a rhythm that does not change, as that of steps."""
STEP_RHYTHM = (150.0, 190.0)
"""1/min. Rhythm of steps in running, where cadence is not recorded."""
MOST_BEATS = 220.0
"""bpm. Hardly anybody's heart beats faster in sport."""
ABOVE_OWN = 15.0
"""bpm above the highest of the last sixty workouts that one effort may still add."""
FASTEST_FOOT = 12.5
"""m/s. The fastest moment ever run is 12.4 (100 m world record, 2009)."""
STEEP, ABOVE_ALL = (3.7, 4.5), float(np.log(2.5))
"""Robust z of a climb per distance that a barometer made, where it is no hike and else; and log of how far it is above
every earlier one."""
NO_HIKE = 2.4
"""m/s. Whoever is faster than this is on no hike."""
STEEPEST = 0.5
"""m/s of climbing, averaged over a workout on foot: the best climbers keep this up for an hour."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows in which one kind of fault was found; arrays of the rows' length."""

    at: Codes
    field: str
    why: str
    value: Numbers
    expected: Numbers
    low: Numbers
    high: Numbers
    score: Numbers
    hard: Mask


@dataclass(frozen=True, slots=True)
class Channel:
    """One quantity of every workout against its past: log value, robust z, and the usual range."""

    log: Numbers
    z: Numbers
    known: Mask
    middle: Numbers
    scale: Numbers
    top: Numbers
    near: Numbers
    """distance to the third nearest earlier value, in SDs: a value seen three times before is no fault"""

    def range(self, at: Codes, beyond: float) -> tuple[Numbers, Numbers, Numbers]:
        """Expected value and bounds of the usual, `beyond` SDs around it."""
        middle, reach = self.middle[at], beyond * self.scale[at]
        return np.exp(middle), np.exp(middle - reach), np.exp(middle + reach)


class Sensors:
    """Tests of the sensors of one history.

    A workout is compared with those of its `kind` (sport and type), where there are too few with those of its `sport`
    (codes); `foot` tells which are on foot, `certain` of which the type is known.
    """

    def __init__(self, rows: Any, kind: Codes, sport: Codes, foot: Mask, certain: Mask) -> None:
        self.rows, self.groups, self.foot, self.certain = rows, (kind, sport), foot, certain
        self.flags = rows["flags"].tolist()

    def channel(self, values: Numbers, floor: str, group: Codes | None = None) -> Channel:
        """A quantity against its past."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(np.where(values > 0, values, np.nan))
        groups = self.groups if group is None else (group, group)
        kind, sport = (PastWindows(log, each).past(NEAREST) for each in groups)
        few = kind.count < LEAST
        middle, scale, top, near = (np.where(few, other, one) for one, other in (
            (kind.median, sport.median), (kind.scale, sport.scale), (kind.high, sport.high), (kind.near, sport.near),
        ))  # fmt: skip
        scale = np.maximum(scale, FLOOR[floor])
        known = (np.where(few, sport.count, kind.count) >= LEAST) & np.isfinite(log)
        z = np.where(known, (log - middle) / scale, np.nan)
        return Channel(log, z, known, middle, scale, top, near / scale)

    def faults(self) -> list[Fault]:
        """Every fault found, the surest kinds first."""
        return [*self._pulse(), *self._steps(), *self._positions(), *self._climbs()]

    def _has(self, *names: str) -> bool:
        return all(name in self.rows and bool((self.rows[name] > 0).any()) for name in names)

    def _pulse(self) -> list[Fault]:
        if not self._has("hr_mean"):
            return []
        mean = self.rows["hr_mean"]
        usual, own = self.channel(mean, "hr_mean"), self.channel(mean, "hr_mean", self.groups[0])
        with np.errstate(invalid="ignore"):
            half = np.abs(np.abs(own.z * own.scale) - HALF) < HALVED
            # a walk among runs has another pulse: one sign alone counts only against workouts of its own type
            lone = own.known & self.certain & (np.abs(own.z) > np.where(half, LONG, FAULT))
        if not self._has("hr_max"):
            return [self._fault(lone, "hr_mean", "unlike", mean, own, np.abs(own.z), FAULT)]
        top = self.rows["hr_max"]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = self.channel(np.where(mean > 0, top / mean, np.nan), "ratio")
            gone = (mean < NO_EFFORT) & (top > TWICE * mean)
            lost = usual.known & ratio.known & (usual.z < -EACH) & (ratio.z > ALONE) & (ratio.z - usual.z > AGREED)
            lost |= gone
            flat = top - mean <= FLAT
            same, like = self._rhythm(mean)
            away = np.abs(usual.z)
            locked = (same & (away > EACH)) | (like & (usual.z > ALONE))
            # a race is steady and high as well, and fast
            locked &= usual.known & flat & ~(self._speed().z > EACH)
            everyone = self.channel(top, "ratio", np.zeros(len(top), dtype=np.int64))
            above = top - np.exp(everyone.top)
            spike = (top > MOST_BEATS) | (everyone.known & (above > ABOVE_OWN) & (ratio.z > EACH))
            # in intervals the highest value lies far above the mean as well, on a walk it does not
            walk = self.foot & (self._speeds() < NO_HIKE)
            spike |= usual.known & ratio.known & (ratio.z > np.where(walk, PEAKED[0], PEAKED[1])) & (away < EACH)
            spike |= walk & (top > PEAK * mean)
            spike &= ~lost
        agreed = np.where(gone, FAULT, ratio.z - usual.z)
        return [
            self._fault(lost, "hr_mean", "contact lost", mean, usual, agreed, FAULT / 2, hard=gone),
            self._fault(locked, "hr_mean", "locked to steps", mean, usual, away + EACH, FAULT / 2),
            self._fault(spike, "hr_max", "spike", top, everyone, np.fmax(ratio.z, above / EACH), FAULT / 2,
                        hard=top > MOST_BEATS),
            self._fault(lone, "hr_mean", "unlike", mean, own, np.abs(own.z), FAULT),
        ]  # fmt: skip

    def _speeds(self) -> Numbers:
        if not self._has("distance", "duration"):
            return np.full(len(self.flags), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            speed: Numbers = self.rows["distance"] / self.rows["duration"]
        return speed

    def _speed(self) -> Channel:
        return self.channel(self._speeds(), "hr_mean")

    def _rhythm(self, mean: Numbers) -> tuple[Mask, Mask]:
        """Whether a heart rate is that of the steps, and whether it may be where steps are not recorded."""
        cadence = self.rows["cadence"] if "cadence" in self.rows else np.full(len(mean), np.nan)
        measured = np.isfinite(cadence) & (cadence > 0)
        may = ~measured & (mean >= STEP_RHYTHM[0]) & (mean <= STEP_RHYTHM[1])
        return measured & (np.abs(mean - cadence) <= LOCKED), may

    def _steps(self) -> list[Fault]:
        found: list[Fault] = []
        duration = self.rows["duration"]
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = {name: self.rows[name] / (duration / 60.0 if name == "steps" else 1.0)
                     for name in ("cadence", "steps") if self._has(name)}  # fmt: skip
        for name, rate in rates.items():
            usual, own = self.channel(rate, name), self.channel(rate, name, self.groups[0])
            with np.errstate(invalid="ignore"):
                halved = np.abs(np.abs(usual.z * usual.scale) - HALF) < HALVED
                one_foot = usual.known & halved & (usual.z < -LONG) & (usual.near > LONG)
                # another gait has other steps: only a workout of a known type is compared with its like; and apps
                # that work steps out from the speed change how they do so
                odd = own.known & self.certain & (np.abs(own.z) > FAULT) & (own.near > FAULT) & ~one_foot
                if name == "steps":
                    # a time that is wrong makes a rate of steps wrong: then the steps are not
                    odd &= ~np.asarray(spoiled_rows(self.flags, Spoils.DURATION), dtype=bool)
            factor = np.ones(len(rate)) if name == "cadence" else duration / 60.0
            for where, why, like in ((one_foot, "one foot", usual), (odd, "unlike", own)):
                found.append(self._fault(where, name, why, rate, like, np.abs(like.z), FAULT, factor=factor))
        return found

    def _positions(self) -> list[Fault]:
        if not self._has("speed_max", "distance", "duration"):
            return []
        top = self.rows["speed_max"]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = self.rows["distance"] / self.rows["duration"]
            usual = self.channel(top, "top")
            absurd = self.foot & (top > FASTEST_FOOT)
            jump = absurd | (usual.known & (usual.z > FAULT) & (top > 1.5 * np.exp(usual.top)) & (top > mean))
        score = np.fmax(usual.z, FAULT)
        return [self._fault(jump, "speed_max", "position jump", top, usual, score, FAULT, hard=absurd)]

    def _climbs(self) -> list[Fault]:
        if not self._has("elevation_gain", "distance", "duration"):
            return []
        gain, distance = self.rows["elevation_gain"], self.rows["distance"]
        with np.errstate(divide="ignore", invalid="ignore"):
            usual = self.channel(np.where(distance > 0, gain / distance, np.nan), "climb")
            absurd = self.foot & (gain / self.rows["duration"] > STEEPEST)
            # hills are where they are, and hikes may be recorded as runs: only what stands far out of everything
            everything = self.channel(np.exp(usual.log), "climb", np.zeros(len(gain), dtype=np.int64))
            fast = distance / self.rows["duration"] > NO_HIKE
            top, steep = np.where(fast, usual.top, everything.top), np.where(fast, STEEP[0], STEEP[1])
            drift = absurd | (usual.known & (usual.z > steep) & (usual.log > top + ABOVE_ALL))
        return [self._fault(drift, "elevation_gain", "climb", gain / np.where(distance > 0, distance, np.nan), usual,
                            np.fmax(usual.z, FAULT), STEEP[1], factor=distance, hard=absurd)]  # fmt: skip

    def _fault(
        self, where: Mask, field: str, why: str, values: Numbers, usual: Channel, score: Numbers, beyond: float, *,
        factor: Numbers | None = None, hard: Mask | None = None,
    ) -> Fault:  # fmt: skip
        at = np.flatnonzero(where)
        times = np.ones(len(at)) if factor is None else factor[at]
        expected, low, high = (each * times for each in usual.range(at, beyond))
        certain = np.zeros(len(at), dtype=bool) if hard is None else hard[at]
        return Fault(at, field, why, values[at] * times, expected, low, high, score[at], certain)
