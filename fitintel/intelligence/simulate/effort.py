"""How fast an athlete goes through the parts of a workout, and what their heart does meanwhile.

Heart rate approaches its steady value with a time constant of 45 s (30-60 s in young adults: Bell et al. 2001, Exp
Physiol 86:659), drifts upwards after ten minutes (Coyle & Gonzalez-Alonso 2001, Exerc Sport Sci Rev 29:88), and on
equal effort differs from day to day by about 3 bpm (Lamberts & Lambert 2009, J Strength Cond Res 23:1005).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import exp

import numpy as np

from fitintel.intelligence.simulate.sessions import FATIGUE, SPEED_POWER, Draft, easy_intensity
from fitintel.intelligence.simulate.traits import Traits

LAG = 45.0
"""s"""
DRIFT_AFTER = 600.0
DAY_SD = 3.0
"""bpm"""
START = 40.0
"""bpm above rest, when a workout begins"""
TRAINED = {"run": 1.0, "mixed": 0.5, "walk": 0.2, "hike": 0.2, "cycling": 0.45, "swimming": 0.4}
"""How far speed follows running fitness, in logs."""
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Course:
    """A workout part by part, as it went. Lists have one value per part."""

    durations: list[float]
    distances: list[float]
    intensities: list[float]
    steady_hr: list[float]
    start_hr: list[float]
    """bpm, as each part begins"""
    ends: list[float]
    """s since the start"""
    drift: float
    """bpm per minute"""
    expected: float
    """s: of a race, by fitness alone; else 0"""

    def heartbeats(self, time: float) -> float:
        """Integral of heart rate [bpm s] from the start to `time` [s]."""
        total = self.drift / 120.0 * max(0.0, time - DRIFT_AFTER) ** 2
        before = 0.0
        for length, steady, start, end in zip(self.durations, self.steady_hr, self.start_hr, self.ends, strict=True):
            within = min(time, end) - before
            total += steady * within + (start - steady) * LAG * (1.0 - exp(-within / LAG))
            if time <= end:
                break
            before += length
        return total

    def highest(self) -> float:
        """Highest heart rate [bpm] at the end of a part, with the drift."""
        risen = 0.0
        for length, steady, start, end in zip(self.durations, self.steady_hr, self.start_hr, self.ends, strict=True):
            late = self.drift / 60.0 * max(0.0, end - DRIFT_AFTER)
            risen = max(risen, steady + (start - steady) * exp(-length / LAG) + late)
        return risen


def went(
    rng: np.random.Generator, traits: Traits, draft: Draft, base: float, fit: float, form: float, beats: float
) -> Course:
    """How a workout went: `base` [m/s] on an easy day, `fit` log fitness, `form` log slowing, `beats` [bpm] more than
    on an ordinary day."""
    activity = draft.activity
    easy = easy_intensity(traits, activity)
    expected = 0.0
    if draft.race is not None:
        limit = base / traits.easy * exp(fit)
        intensity = (draft.race / (limit * HOUR)) ** -FATIGUE
        expected = draft.race / (limit * intensity)
        durations, distances = [expected * exp(draft.outside)], [draft.race]
        intensities = [intensity]
    else:
        slow, power = exp(TRAINED.get(activity, 0.0) * fit - draft.outside - form), SPEED_POWER.get(activity, 1.0)
        intensities = [part.intensity for part in draft.parts]
        # what has a distance takes as long as it takes; the rest is by the clock
        durations = [part.duration / slow if part.role in ("steady", "work") else part.duration for part in draft.parts]
        distances = [base * (intensity / easy) ** power * slow * duration
                     for intensity, duration in zip(intensities, durations, strict=True)]  # fmt: skip
    more = beats + DAY_SD * float(rng.standard_normal())
    steady = [traits.heart_rate(intensity) + more for intensity in intensities]
    starts, at = [], traits.hr_rest + START
    for duration, wanted in zip(durations, steady, strict=True):
        starts.append(at)
        at = wanted + (at - wanted) * exp(-duration / LAG)
    return Course(durations, distances, intensities, steady, starts, list(accumulate(durations)),
                  float(rng.uniform(0.02, 0.12)), expected)  # fmt: skip
