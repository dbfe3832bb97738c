"""What a sensor got wrong: heart rates, step rates, highest speeds and climbs that do not fit each other or the past.

Each test compares a workout with the athlete's own earlier ones of its sport and type, on the log scale, and with what
a body can do at all, so that something can be said of the first ones as well. Two signs that agree (a mean far below
while the highest value is as ever) count for more than one alone: a hard or an easy day moves both.
"""

from __future__ import annotations

import numpy as np

from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.intelligence.channels import LEAST, NEAREST, Channels, Fault
from fitintel.intelligence.pulse import FAULT, HALF, HALVED, LONG, NO_HIKE, pulse_faults

STRIDE = (0.55, 0.30)
"""m, s: nobody's steps at a speed v are longer than the first plus the second times v. World-class runners take 2 m at
5.8 m/s, walkers 0.75 m at 1.4 m/s: half the steps are beyond it, all of them are not."""
FASTEST_FOOT = 12.5
"""m/s. The fastest moment ever run is 12.4 (100 m world record, 2009)."""
CLIMBS = 240
"""Earlier workouts whose climbs are compared with: routes vary more than anything else, so more are needed."""
STEEP = 3.5
"""Robust z of a climb per distance that a barometer made; of few earlier ones more is asked, as of Student's t."""
FEW = 2.0
USUAL_HILLS, SLOWED = 1.0, -0.5
"""SDs to the third nearest earlier climb per distance of anything on foot within which hills are known, and SDs of
speed by which they slow down at least: hikes may be recorded as walks."""
STEEPEST = 0.5
"""m/s of climbing, averaged over a workout on foot: the best climbers keep this up for an hour."""


class Sensors(Channels):
    """Tests of the sensors of one history."""

    def faults(self) -> list[Fault]:
        """Every fault found, the surest kinds first."""
        return [*pulse_faults(self), *self._steps(), *self._positions(), *self._climbs()]

    def _steps(self) -> list[Fault]:
        found: list[Fault] = []
        duration = self.rows["duration"]
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = {name: self.rows[name] / (duration / 60.0 if name == "steps" else 1.0)
                     for name in ("cadence", "steps") if self.has(name)}  # fmt: skip
        for name, rate in rates.items():
            usual, own = self.channel(rate, name), self.channel(rate, name, self.groups[0])
            with np.errstate(divide="ignore", invalid="ignore"):
                halved = np.abs(np.abs(usual.z * usual.scale) - HALF) < HALVED
                one_foot = usual.known & halved & (usual.z < -LONG) & (usual.near > LONG)
                if name == "cadence":
                    # steps longer than legs are, even of the first workout; unless earlier ones were as long
                    too_long = self.speeds * 60.0 / rate > STRIDE[0] + STRIDE[1] * self.speeds
                    alike = (usual.count >= NEAREST) & (usual.near * usual.scale < HALVED)
                    one_foot |= self.foot & too_long & ~alike
                # another gait has other steps: only a workout of a known type is compared with its like; and apps
                # that work steps out from the speed change how they do so
                odd = own.known & self.certain & (np.abs(own.z) > FAULT) & (own.near > FAULT) & ~one_foot
                if name == "steps":
                    # a time that is wrong makes a rate of steps wrong: then the steps are not
                    odd &= ~np.asarray(spoiled_rows(self.flags, Spoils.DURATION), dtype=bool)
            factor = np.ones(len(rate)) if name == "cadence" else duration / 60.0
            for where, why, like in ((one_foot, "one foot", usual), (odd, "unlike", own)):
                found.append(self.fault(where, name, why, rate, like, np.fmax(np.abs(like.z), LONG), FAULT,
                                        factor=factor))  # fmt: skip
        return found

    def _positions(self) -> list[Fault]:
        if not self.has("speed_max", "distance", "duration"):
            return []
        top = self.rows["speed_max"]
        usual = self.channel(top, "top")
        with np.errstate(invalid="ignore"):
            absurd = self.foot & (top > FASTEST_FOOT)
            jump = usual.known & (usual.z > FAULT) & (top > 1.5 * np.exp(usual.top)) & (top > self.speeds)
        return [self.fault(absurd | jump, "speed_max", "position jump", top, usual, np.fmax(usual.z, FAULT), FAULT,
                           hard=absurd)]  # fmt: skip

    def _climbs(self) -> list[Fault]:
        if not self.has("elevation_gain", "distance", "duration"):
            return []
        gain, distance = self.rows["elevation_gain"], self.rows["distance"]
        rate = self.quotient("elevation_gain", "distance")
        usual = self.channel(rate, "climb", width=CLIMBS)
        walked = self.channel(rate, "climb", self.foot.astype(np.int64), width=CLIMBS)
        with np.errstate(invalid="ignore"):
            absurd = self.foot & (self.quotient("elevation_gain", "duration") > STEEPEST)
            slower = self.channel(self.speeds, "hr_mean", width=CLIMBS).z < SLOWED
            hills = self.foot & ~(self.speeds > NO_HIKE) & (walked.near <= USUAL_HILLS) & slower
            far = usual.z > STEEP * (1 + FEW / np.maximum(usual.count, LEAST))
            drift = absurd | (usual.known & far & ~hills)
        return [self.fault(drift, "elevation_gain", "climb", rate, usual, np.fmax(usual.z, FAULT), STEEP,
                           factor=distance, hard=absurd & (gain > 0))]  # fmt: skip
