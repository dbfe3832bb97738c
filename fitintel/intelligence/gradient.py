"""Gradient along a way from distances and elevations, by distance rather than by time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 5.0
"""m between two points of the way."""
MEDIAN = 7
"""points: elevations are first taken as the median over 30 m, which removes single jumps."""
REACH = 4
"""points on either side: the gradient is the straight line through 40 m (Savitzky-Golay, first order)."""
STEEPEST = 0.45
"""No path is steeper; what looks so is a fault of the elevation."""


def gradients(distance: Any, elevation: Any) -> Floats:
    """Gradient [1] of every 5 m of the way; NaN where it is unknown or steeper than 0.45. Shape (m,).

    `distance` [m] not falling and `elevation` [m], both (n,); NaN points are passed over. Fewer than 45 m of way give
    an empty array.

    >>> gradients(np.arange(0.0, 101.0, 10.0), np.arange(0.0, 11.0))[:2]
    array([0.1, 0.1])
    """
    way, height = np.asarray(distance, dtype=np.float64), np.asarray(elevation, dtype=np.float64)
    known = np.isfinite(way) & np.isfinite(height)
    way, height = np.maximum.accumulate(way[known]), height[known]
    forward = np.concatenate([[True], np.diff(way) > 0]) if len(way) else np.zeros(0, dtype=bool)
    way, height = way[forward], height[forward]
    span = 2 * REACH + 1
    points = int((way[-1] - way[0]) // STEP) + 1 if len(way) else 0
    if points < span + 1:
        return np.empty(0)
    level = np.interp(way[0] + STEP * np.arange(points), way, height)
    padded = np.pad(level, MEDIAN // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, MEDIAN)
    smooth = np.partition(windows, MEDIAN // 2, axis=1)[:, MEDIAN // 2]  # their median, five times as fast
    offsets = np.arange(-REACH, REACH + 1) * STEP
    inside = np.lib.stride_tricks.sliding_window_view(smooth, span) @ (offsets / (offsets @ offsets))
    slope: Floats = np.pad(inside, (REACH, points - len(inside) - REACH), mode="edge")[:-1]
    return np.where(np.abs(slope) <= STEEPEST, slope, np.nan)
