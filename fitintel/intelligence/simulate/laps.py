"""The laps that a device writes: one every kilometre or mile, or one for every part of a structured session.

Speed differs from lap to lap by 2-4 % on an even effort (hills, turns, wind); a good race is run within 1-3 %
(Santos-Lozano et al. 2014, J Sports Sci Med 13:371). Distances by satellite are wrong by about 0.5-1 % a lap.
"""

from __future__ import annotations

import numpy as np

from fitintel.intelligence.simulate.effort import Course
from fitintel.intelligence.simulate.fitness import Floats
from fitintel.intelligence.simulate.records import Lap
from fitintel.intelligence.simulate.sessions import Draft
from fitintel.intelligence.simulate.traits import Traits

UNEVEN = {"run": 0.03, "walk": 0.04, "hike": 0.1, "mixed": 0.07, "cycling": 0.08}
"""SD of log speed from lap to lap; activities that are not named have no laps by distance."""
RACE_UNEVEN = 0.018
LONGER = {"cycling": 5.0}
"""Laps by distance are this many times as long."""
PRESSED = 1.5
"""s, SD of the moment at which a lap is taken by hand"""


def draw_laps(
    rng: np.random.Generator, traits: Traits, draft: Draft, course: Course, distance: float, duration: float,
    heart: bool,
) -> tuple[Lap, ...]:  # fmt: skip
    """The laps of a workout; none where the device takes none or there is only one. They add up to the whole."""
    structured = len(draft.parts) > 1 and traits.lapping == "sessions" and rng.random() < 0.92
    if traits.lapping == "none" or not (structured or draft.activity in UNEVEN) or rng.random() < 0.03:
        return ()
    parts = len(course.durations)
    if structured:
        ends = np.array(course.ends)
        ends[:-1] += rng.normal(0.0, PRESSED, parts - 1)
        times = _steps(ends)
        far = np.array(course.distances) * np.exp(rng.normal(0.0, 0.01, parts))
        far *= distance / far.sum()
    else:
        length = traits.lap_length * LONGER.get(draft.activity, 1.0)
        count = int(distance / length)
        if count < 1 or distance - count * length < 1.0:
            return ()
        far = np.full(count + 1, length)
        far[-1] = distance - count * length
        gone = np.cumsum(course.distances)
        wanted = np.append(length * np.arange(1, count + 1), distance) * (gone[-1] / distance)
        times = _steps(np.interp(wanted, [0.0, *gone], [0.0, *course.ends]))
        uneven = RACE_UNEVEN if draft.race else UNEVEN[draft.activity]
        times = times * np.exp(rng.normal(0.0, uneven, count + 1))
        times *= course.ends[-1] / times.sum()
        ends = np.cumsum(times)
    times = np.maximum(times, 1.0) * (duration / course.ends[-1])
    hearts: list[float | None] = [None] * len(far)
    if heart:
        beats = _steps(np.array([course.heartbeats(end) for end in ends.tolist()])) / _steps(ends)
        hearts = np.round(beats + rng.normal(0.0, 1.0, len(far))).tolist()
    powers: list[float | None] = [None] * len(far)
    if draft.activity == "cycling" and traits.ftp is not None:
        work = np.cumsum([d * i**1.5 for d, i in zip(course.durations, course.intensities, strict=True)])
        mean = _steps(np.interp(ends, [0.0, *course.ends], [0.0, *work])) / _steps(ends)
        powers = np.round(traits.ftp * mean * np.exp(rng.normal(0.0, 0.04, len(far)))).tolist()
    return tuple(map(Lap, np.round(times, 1).tolist(), np.round(far, 1).tolist(), hearts, powers))


def _steps(ends: Floats) -> Floats:
    """From ends to lengths."""
    out = ends.copy()
    out[1:] -= ends[:-1]
    return out
