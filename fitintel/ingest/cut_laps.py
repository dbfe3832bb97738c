"""Laps by distance, cut from the samples of a recording without laps: what an automatic lap would have written.

They are marked `cut`, because no device and no person took them: they say how evenly a workout went, not what it was
meant to be. Not cut where pace changes: a hill changes it as much as an interval does, and would be taken for
one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fitintel.core.recorded import KeptLap

Floats = NDArray[np.float64]

KIND = "cut"
EVERY = {"running": 1000.0, "walking": 1000.0, "hiking": 1000.0}
"""m. The usual length of automatic laps. Rides are not cut: over 5 km hills and traffic change their speed as much as
intervals do (SD of log speed 0.09 to 0.39 in five recorded rides, 0.02 to 0.04 in two even runs cut by the km)."""
FEWEST = 3
"""So many laps of a device are a structure of its own, and fewer cut ones are none."""


def cut(
    time: Floats, stream: Mapping[str, Floats], pauses: Sequence[tuple[float, float]], sport: str
) -> tuple[KeptLap, ...]:
    """Laps of EVERY [m] with `duration` [s, without pauses] and `distance` [m], the rest at the end being the last one.

    `time` [s] strictly increasing, `stream` channel -> values of the same shape; none without a counter of distance
    that only grows, or where there would be fewer than FEWEST.

    >>> time = np.arange(0.0, 1201.0)
    >>> laps = cut(time, {"distance": 3.0 * time}, [(400.0, 500.0)], "running")
    >>> [(round(lap.device["duration"]), lap.device["distance"]) for lap in laps]
    [(333, 1000.0), (233, 1000.0), (333, 1000.0), (200, 600.0)]
    """
    length, way = EVERY.get(sport), stream.get("distance")
    if length is None or way is None:
        return ()
    known = np.isfinite(way)
    when, far = time[known], way[known]
    if len(far) < 2 or (np.diff(far) < 0).any():
        return ()
    whole = int((far[-1] - far[0]) // length)
    bounds = far[0] + length * np.arange(whole + 1)
    if far[-1] > bounds[-1]:
        bounds = np.append(bounds, far[-1])
    if len(bounds) <= FEWEST:
        return ()
    # at a stop the counter stands: the lap ends when its distance is first reached
    first = np.concatenate(([True], np.diff(far) > 0))
    at = np.interp(bounds, far[first], when[first])
    laps = []
    for start, end, metres in zip(at[:-1].tolist(), at[1:].tolist(), np.diff(bounds).tolist(), strict=True):
        still = sum(max(0.0, min(end, last) - max(start, begin)) for begin, last in pauses)
        laps.append(KeptLap(KIND, start, end, {"duration": end - start - still, "distance": metres}))
    return tuple(laps)
