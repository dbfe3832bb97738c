"""How each workout deviates from the athlete's workouts before it, and what kind of deviation that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.sports import ON_FOOT, SPORTS
from fitintel.core.workouts import Workouts
from fitintel.intelligence import slips
from fitintel.intelligence.contradictions import BURST, faster_than_highest, nobodys, time_of_steps
from fitintel.intelligence.past import Codes, Numbers, Past, PastWindows
from fitintel.intelligence.pulse import FAULT
from fitintel.intelligence.sensors import Sensors

BY_RULE = {
    "duration_over_24h": ("entry error", "duration"),
    "watch_left_running": ("entry error", "duration"),
    "speed_impossible": ("entry error", "speed"),
    "duration_zero": ("entry error", "duration"),
    "rpe_impossible": ("entry error", "rpe"),
    "heart_rate_impossible": ("sensor fault", "hr_mean"),
    "cadence_impossible": ("sensor fault", "cadence"),
    "steps_overflow": ("sensor fault", "steps"),
    "energy_overflow": ("sensor fault", "energy"),
    "top_speed_impossible": ("sensor fault", "speed_max"),
}
"""Kind and field of a breached rule; of several the first here is reported."""
GAITS = ("run", "walk", "hike")
LABELS = (*GAITS, "mixed", "outlier", "unsure", "other", "ride", "swim", "strength")
NEAREST = 3
"""A speed is usual when three of the last sixty were like it; one earlier error does not make the next one usual."""
SLOWEST, JOGGED, FASTEST = 0.55, 2.4, 7.0
"""m/s on foot: a mean below the first is hardly anybody's walk (slow pace outdoors is 0.82, Murtagh 2021), below the
second anybody may have walked, jogged or both, above the third nobody has run."""
FASTER = float(np.log(1.2))
"""A mean speed this much above the highest of the last sixty is no good day."""
FLOOR = {"speed": 0.05, "size": 0.20}
"""Least SD of a log quantity: a run of equal values must not make a small step a large one."""
FEW, FEW_SCALE = 6, 0.15
"""Earlier workouts that are enough to tell a slip by three times or more, and the least SD of log speed meanwhile."""
ALIKE = 2.0
"""SDs of highest over mean speed within which they belong together. Beyond, a slow one may have had long pauses."""
SURE = 4.5
"""SDs to the third nearest usual speed that a small slip of the duration needs to be told as an error."""
LONG = 5.0
"""Robust z beyond which a workout is unusually long."""
MAD = 1.4826
"""Median absolute deviation of a normal distribution to its SD."""


class Deviations:
    """What is found of each workout; the first finding stays.

    `rows` in canonical order, `types` the result of activity_type (or workout_type) for them, `least` earlier workouts
    of the sport that a comparison needs.
    """

    def __init__(self, rows: Workouts, types: Mapping[str, Any], least: int) -> None:
        n, self.rows, self.least = len(rows), rows, least
        self.kind, self.field = np.full(n, None, dtype=object), np.full(n, None, dtype=object)
        self.why = np.full(n, "", dtype=object)
        self.value, self.expected, self.score, self.low, self.high = np.full((5, n), np.nan)
        self.surprise = np.full(n, np.nan)
        """largest deviation of each workout as a share of what would be told; NaN: nothing to compare with"""
        self.hard = np.zeros(n, dtype=bool)
        """whether what is found cannot be what happened"""
        self.flags = rows["flags"].tolist()
        sport, label = {s: i for i, s in enumerate(SPORTS)}, {s: i for i, s in enumerate(LABELS)}
        self.sport = np.array([sport.get(s, 0) for s in rows["sport"].tolist()], dtype=np.int64)
        self.label = np.array([label[s] for s in types["label"]], dtype=np.int64)
        self.type = self.sport * len(LABELS) + self.label
        self.foot = np.isin(self.sport, [sport[s] for s in ON_FOOT])
        t, d = rows["duration"], rows["distance"]
        with np.errstate(divide="ignore", invalid="ignore"):
            self.log_t, self.log_d = (np.log(np.where(x > 0, x, np.nan)) for x in (t, d))
        self.log_v = self.log_d - self.log_t
        self.usable_t, self.usable_d, self.usable_v = (
            np.where(spoiled_rows(self.flags, what), np.nan, log)
            for what, log in (
                (Spoils.DURATION, self.log_t),
                (Spoils.DISTANCE, self.log_d),
                (Spoils.PACE, self.log_v),
            )
        )
        # what is of no certain type is like its sport at large
        certain = ~np.isin(self.label, [LABELS.index(name) for name in ("mixed", "outlier", "unsure")])
        kind = np.where(certain, self.type, len(SPORTS) * len(LABELS) + self.sport)
        self.sensed = Sensors(rows, kind, self.sport, self.foot, certain)
        self.top = self.sensed.column("speed_max")
        self.excluded = faster_than_highest(self.sensed.speeds, self.top)
        """whether distance and duration cannot both be right"""
        self.windows = PastWindows(self.usable_v, self.sport)
        self.v = self.windows.past(NEAREST)
        self.t, self.d = (PastWindows(x, self.sport).past() for x in (self.usable_t, self.usable_d))

    def _free(self, at: Codes) -> Any:
        return np.array([kind is None for kind in self.kind[at]], dtype=bool)

    def _put(
        self, at: Codes, kind: Any, field: Any, value: Numbers, expected: Numbers, score: Numbers,
        usual: tuple[Numbers, Numbers] | None = None, why: Any = "",
    ) -> None:  # fmt: skip
        free = self._free(at)
        low, high = usual if usual is not None else (np.full(len(at), np.nan), np.full(len(at), np.nan))
        for target, given in (
            (self.kind, kind), (self.field, field), (self.value, value), (self.expected, expected), (self.score, score),
            (self.low, low), (self.high, high), (self.why, why),
        ):  # fmt: skip
            target[at[free]] = given if isinstance(given, str) else given[free]

    def _surprised(self, known: Any, share: Numbers) -> None:
        self.surprise = np.fmax(self.surprise, np.where(known, share, np.nan))

    def rules(self) -> None:
        """Breached rules, whatever the numbers say."""
        for at, flags in enumerate(self.flags):
            names = flags.split() if flags else []
            name = next((name for name in BY_RULE if name in names), None)
            if name is None:
                continue
            kind, field = BY_RULE[name]
            rows = np.array([at])
            self.hard[at] = name != "top_speed_impossible"  # set aside at the import: no figure stands on it
            if field == "speed" and np.isfinite(self.v.median[at]):
                field = "distance" if self._distance_wrong(rows)[0] else "duration"
            if field in ("distance", "duration", "speed"):
                self._put(rows, kind, field, *self._against_speed(rows, field), np.full(1, np.nan), why="impossible")
            else:
                value = self.rows[field][rows] if field in self.rows else np.full(1, np.nan)
                self._put(rows, kind, field, value, np.full(1, np.nan), np.full(1, np.nan), why="impossible")

    def _against_speed(self, at: Codes, field: str) -> tuple[Numbers, Numbers]:
        """Recorded value, and the one that the usual speed and the other field make."""
        usual, d, t = np.exp(self.v.median[at]), np.exp(self.log_d[at]), np.exp(self.log_t[at])
        if field == "distance":
            return self.rows["distance"][at], t * usual
        return (self.rows["duration"][at], d / usual) if field == "duration" else (d / t, usual)

    def _usual(self, at: Codes, scale: Numbers) -> slips.Usual:
        sizes = [(past.median[at], np.maximum(past.scale[at], FLOOR["size"])) for past in (self.d, self.t)]
        return slips.Usual(self.windows.of(at), scale, *sizes)

    def _distance_wrong(self, at: Codes) -> Any:
        """Whether a distance, rather than a duration, that gives the usual speed leaves the more usual sizes."""
        usual, d, t = self._usual(at, np.full(len(at), np.nan)), self.log_d[at], self.log_t[at]
        off = d - t - self.v.median[at]
        return usual.misfit(d - off, t) <= usual.misfit(d, t + off)

    def speeds(self, beyond: float, slip_beyond: float) -> None:
        """Mean speeds unlike the earlier ones."""
        same = PastWindows(self.usable_v, self.type).past(NEAREST)
        # how far speeds usually lie from the median of their own type: two gaits in one sport do not widen it
        apart = np.where(same.count >= 5, np.abs(self.usable_v - same.median), np.nan)
        usual_apart = PastWindows(apart, self.sport).past()
        enough = usual_apart.count >= self.least // 2
        scale = np.maximum(np.where(enough, MAD * usual_apart.median, self.v.scale), FLOOR["speed"])
        # a gait may pause for longer than sixty workouts; unsure and outlying ones long ago make nothing usual
        score = np.fmin(self.v.near, np.where(self.label < len(GAITS), same.near, np.nan)) / scale
        self._surprised(self.v.count >= self.least, score / beyond)
        # of few only a large slip is told, and what is excluded
        few = self.v.count < self.least
        scale = np.where(few, np.maximum(scale, FEW_SCALE), scale)
        score = np.where(few, self.v.near / scale, score)
        at = np.flatnonzero((self.v.count >= FEW) & (score > min(beyond, slip_beyond)))
        v, speed, median = self.log_v[at], np.exp(self.log_v[at]), self.v.median[at]
        slipped, log_d, log_t = slips.mend(self.log_d[at], self.log_t[at], self._usual(at, scale[at]), NEAREST)
        factor = v - (log_d - log_t)
        gait = self.label[at] < len(GAITS)
        # slow is always possible, and so is a rarer gait; in the usual gait a good day is
        rarer = gait & (same.count[at] < self.least)
        reached = (speed < JOGGED) | (v < self.v.high[at] + FASTER) | rarer
        small = np.abs(factor) < slips.SMALL
        # the highest speed tells as well: it is measured from moment to moment, and no slip changes it
        burst = self.sensed.channel(self.top / self.sensed.speeds, "top").z[at]
        excluded, alike = self.excluded[at], np.abs(burst) < ALIKE
        possible = small & ((self.foot[at] & reached) | alike) & ~excluded
        absurd = self.foot[at] & ((speed < SLOWEST) | (speed > FASTEST))
        # a watch stopped late or early by so little is seldom told from a race or a slow day
        doubtful = small & (log_d == self.log_d[at]) & (score[at] < SURE) & ~excluded
        explained = slipped & ~possible & ~doubtful & (~few[at] | ~small | excluded)
        wrong = explained | absurd | excluded
        distance = np.where(slipped, log_d != self.log_d[at], self._distance_wrong(at))
        both = log_t != self.log_t[at]  # swapped
        field = np.where(wrong, np.where(distance & ~both, "distance", "duration"), "speed").astype(object)
        recorded = [self._against_speed(at, name) for name in ("distance", "duration")]
        (d, meant_d), (t, meant_t) = recorded
        meant_d, meant_t = np.where(slipped, np.exp(log_d), meant_d), np.where(slipped, np.exp(log_t), meant_t)
        usual = np.exp(np.where(gait & (same.count[at] >= self.least), same.median[at], median))
        value = np.where(field == "distance", d, np.where(field == "duration", t, speed))
        expected = np.where(field == "distance", meant_d, np.where(field == "duration", meant_t, usual))
        # a distance that no slip explains and that is too short for its time was not recorded
        lost = wrong & ~slipped & (field == "distance") & (v < median)
        kind = np.where(wrong, np.where(lost, "sensor fault", "entry error"), "unusual workout").astype(object)
        told = ((score[at] > beyond) & ~few[at]) | explained | excluded
        self.hard[at[self._free(at) & told & wrong & (~small | absurd | excluded)]] = True
        reach = np.exp(beyond * scale[at])
        low, high = (np.where(field == "speed", each, np.nan) for each in (expected / reach, expected * reach))
        why = np.select([explained, excluded, lost, wrong], ["slip", "excluded", "lost", "impossible"], "unlike")
        self._put(at[told], kind[told], field[told], value[told], expected[told], score[at][told],
                  (low[told], high[told]), why.astype(object)[told])  # fmt: skip

    def contradictions(self) -> None:
        """Figures that exclude each other, and speeds that nobody has; see contradictions.py."""
        of, nothing = self.sensed, np.full(len(self.rows), np.nan)
        # a counter that overflowed says nothing of the time
        steps = np.where(["steps_overflow" in (flags or "") for flags in self.flags], np.nan, of.column("steps"))
        meant = time_of_steps(steps, of.column("cadence"), self.rows["duration"])
        speed = np.exp(self.usable_v)
        wrong = self.excluded | nobodys(speed, self.rows["sport"].tolist())
        for where, by_steps in ((np.isfinite(meant), True), (wrong, False)):
            at = np.flatnonzero(where)
            self.hard[at[self._free(at)]] = True
            known = np.isfinite(self.v.median[at])
            distance = np.where(known, self._distance_wrong(at), self.excluded[at]) & (not by_steps)
            far, long = (self._against_speed(at, name) for name in ("distance", "duration"))
            guess = self.rows["duration"][at] * self.top[at] / BURST
            expected = np.where(distance, np.where(known, far[1], guess), meant[at] if by_steps else long[1])
            field = np.where(distance, "distance", "duration").astype(object)
            why = np.full(len(at), "timed") if by_steps else np.where(self.excluded[at], "excluded", "impossible")
            self._put(at, "entry error", field, np.where(distance, far[0], long[0]), expected, nothing[at],
                      why=why.astype(object))  # fmt: skip

    def sensors(self) -> None:
        """Sensors that failed; see sensors.py."""
        for fault in self.sensed.faults():
            told = self._free(fault.at)
            self.hard[fault.at[told & fault.hard]] = True
            self._put(fault.at, "sensor fault", fault.field, fault.value, fault.expected, fault.score,
                      (fault.low, fault.high), fault.why)  # fmt: skip
            share = np.zeros(len(self.rows))
            share[fault.at] = fault.score / FAULT
            self._surprised(share > 0, share)

    def sizes(self) -> None:
        """Workouts much longer than any of the last ones of sport and type; slips where speed is unknown."""
        alone = np.isnan(self.usable_v)
        big = np.array((slips.DIGIT, slips.TWICE, slips.SIXTY))
        for name, log, past in (("distance", self.usable_d, self.d), ("duration", self.usable_t, self.t)):
            off, score = self._off(log, past, FLOOR["size"])
            known, scale = past.count >= self.least, np.maximum(past.scale, FLOOR["size"])
            slip = np.abs(np.abs(off)[:, None] - big).min(axis=1)
            self._report(known & alone & (score > LONG) & (slip < 1.5 * scale), "entry error", name,
                         np.exp(log), past, score)  # fmt: skip
            same = PastWindows(log, self.type).past()
            same_off, same_score = self._off(log, same, FLOOR["size"])
            longest = (np.fmin(off, same_off) > 0) & (log > np.fmax(past.high, same.high))
            known &= same.count >= self.least
            self._surprised(known, np.where(longest, np.fmin(score, same_score), 0.0) / LONG)
            self._report(known & longest & (np.fmin(score, same_score) > LONG), "unusual workout", name, np.exp(log),
                        same, same_score)  # fmt: skip

    def _off(self, log: Numbers, past: Past, floor: float) -> tuple[Numbers, Numbers]:
        off = log - past.median
        return off, np.abs(off) / np.maximum(past.scale, floor)

    def _report(self, where: Any, kind: str, field: str, values: Numbers, past: Past, score: Numbers) -> None:
        at = np.flatnonzero(where)
        reach = LONG * np.maximum(past.scale[at], FLOOR["size"])
        usual = np.exp(past.median[at] - reach), np.exp(past.median[at] + reach)
        why = "slip" if kind == "entry error" else "unlike"
        self._put(at, kind, field, values[at], np.exp(past.median[at]), score[at], usual, why)

    def as_dict(self) -> dict[str, Any]:
        """Columns of the workouts of which something was found."""
        at = np.flatnonzero([kind is not None for kind in self.kind])
        names = {"kind": self.kind, "field": self.field, "value": self.value, "expected": self.expected,
                 "score": self.score,
                 "low": self.low, "high": self.high, "why": self.why}  # fmt: skip
        found = {"id": self.rows["id"][at], "day": self.rows["day"][at]} | {k: v[at] for k, v in names.items()}
        every = {"id": self.rows["id"], "day": self.rows["day"], "surprise": self.surprise}
        return {**found, "hard": self.hard[at], "compared": every}
