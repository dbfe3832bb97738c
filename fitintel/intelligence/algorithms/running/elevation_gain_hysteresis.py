"""Climbed height, without the noise of the altimeter."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="elevation_gain_hysteresis",
    version="1.0.0",
    inputs={"elevation": "m"},
    output=("climbed height", "m"),
    source="GoldenCheetah BasicRideMetrics.cpp, ElevationGain: 3 m of hysteresis",
    validity=Validity.USEFUL,
    limits=(
        "3 m suits a barometer; heights from satellites need 5-10 m",
        "climbs lower than the threshold are lost, and up to the threshold of each climb's top",
        "a higher threshold nearly always gives less, but not in every series",
        "figures of other programs differ by tens of per cent: compare within one method",
    ),
)
def elevation_gain_hysteresis(elevation: Any, *, threshold: float = 3.0) -> Any:
    """Elevation gain.

    From a reference height, which is the first: once the height is more than `threshold` above it, the difference is
    gained and the height becomes the reference; once it is more than `threshold` below, it becomes the reference.
    `elevation` [m] (n,) or (workouts, n); missing heights (NaN) are passed over; undefined without any height. Raises
    DataError for a negative threshold.

    Parameters: `threshold` [m].

    >>> elevation_gain_hysteresis([100, 101, 102, 104, 103, 101, 99, 103, 107, 106, 110])  # m
    12.0
    """
    not_negative(threshold=threshold)
    heights = np.asarray(elevation, dtype=np.float64)
    if heights.ndim == 1:
        return answer(_gain(heights, threshold))
    rows = heights.reshape(-1, heights.shape[-1])
    return answer(np.array([_gain(row, threshold) for row in rows]).reshape(heights.shape[:-1]))


def _gain(heights: Any, threshold: float) -> float:
    known = heights[np.isfinite(heights)].tolist()
    if not known:
        return float("nan")
    gain, reference = 0.0, known[0]
    for height in known:  # each step depends on the one before: plain floats are the fastest way through
        if height > reference + threshold:
            gain += height - reference
            reference = height
        elif height < reference - threshold:
            reference = height
    return gain
