"""Angles and times of day: values on a circle, where 23:00 and 01:00 are two hours apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.known import mean, numbers
from fitintel.intelligence.values import positive

Floats = NDArray[np.float64]


def resultant(values: Any, period: float) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Number of known values, length R of the mean vector (0 to 1) and mean, along the last axis of `values` (..., n).

    The mean lies in [0, period); it is NaN where R is 0 up to rounding, R is NaN where nothing is known.
    Raises DataError for a period that is not above 0.

    >>> [part.tolist() for part in resultant([23.0, 1.0], 24.0)]
    [2, 0.965926, 0.0]
    """
    positive(period=period)
    given = numbers(values)
    angle = given * (2 * np.pi / period)
    east, north = mean(np.cos(angle)), mean(np.sin(angle))
    length = np.minimum(np.hypot(east, north), 1.0)
    direction = np.arctan2(north, east) * (period / (2 * np.pi)) % period
    # a mean of just under 0 would be said as just under the whole period
    direction = np.where(period - direction < 1e-9 * period, 0.0, direction)
    return np.isfinite(given).sum(axis=-1), length, np.where(length > 1e-12, direction, np.nan)


def rayleigh(n: Any, length: Any) -> Floats:
    """Probability of a mean vector at least this long when every direction is equally likely.

    With `z = n R^2`: `exp(-z)`, below 50 values with the correction of Mardia & Jupp 2000 (p. 94), which is the one of
    Wilkie 1983, Appl Stat 32:311. NaN for no value.

    >>> float(rayleigh(4, 0.5))
    0.394145
    """
    n, length = np.broadcast_arrays(np.asarray(n, dtype=np.float64), np.asarray(length, dtype=np.float64))
    z, count = n * length**2, np.maximum(n, 1.0)
    small = 1 + (2 * z - z**2) / (4 * count) - (24 * z - 132 * z**2 + 76 * z**3 - 9 * z**4) / (288 * count**2)
    p = np.clip(np.exp(-z) * np.where(n < 50, small, 1.0), 0.0, 1.0)
    return np.where(n > 0, p, np.nan)
