"""Time in bands of intensity."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def time_in_bands(duration: Any, band: Any, count: int) -> Floats:
    """Sum of durations per band: (..., n) samples give (..., count), in the unit of `duration`.

    `band` (..., n) holds each sample's band from 0; samples of a negative band (below the lowest, or missing) are in
    none. `duration` broadcasts against it.

    >>> time_in_bands(0.5, np.array([0, 1, 1, -1]), 2)
    array([0.5, 1. ])
    """
    band = np.asarray(band)
    duration = np.broadcast_to(np.asarray(duration, dtype=np.float64), band.shape)
    return np.stack([np.where(band == number, duration, 0.0).sum(axis=-1) for number in range(count)], axis=-1)
