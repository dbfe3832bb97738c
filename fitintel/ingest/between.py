"""Channels that were read at times of their own, beside each other on one axis: figures need neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FARTHEST = 15.0
"""s. Readings of a channel are up to 12 s apart while a workout goes on."""


def between(axis: Floats, times: Floats, values: Floats, farthest: float) -> Floats:
    """Values on another axis, on the line between neighbours up to `farthest` [s] apart; NaN beyond.

    Args:
        axis: increasing times [s] that hold all of `times`, shape (n,).
        times: not decreasing [s], shape (m,), m > 0; of several values at one time the last counts.
        values: shape (m,).
        farthest: neighbours that are farther apart say nothing about what lies between [s].

    >>> between(np.arange(5.0), np.array([1.0, 3.0]), np.array([10.0, 30.0]), 2.0)
    array([nan, 10., 20., 30., nan])
    """
    last = np.append(times[1:] > times[:-1], True)
    times, values = times[last], values[last]
    out: Floats = np.interp(axis, times, values, left=np.nan, right=np.nan)
    after = np.minimum(np.searchsorted(times, axis), times.size - 1)
    far = (times[after] - times[np.maximum(after - 1, 0)] > farthest) & (times[after] != axis)
    return np.where(far, np.nan, out)
