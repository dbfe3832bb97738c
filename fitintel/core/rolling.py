"""Rolling means over full windows only, without a loop over windows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def window_means(values: Any, size: int) -> Floats:
    """Mean of each full window of `size` steps along the last axis: (..., n) gives (..., n - size + 1), O(n log size).

    A window that holds a missing value (NaN) is not full: its mean is NaN. Fewer than `size` values give no window.
    Raises ValueError for a size below 1.

    >>> window_means([1.0, 2.0, 3.0, np.nan], 2)
    array([1.5, 2.5, nan])
    """
    if size < 1:
        raise ValueError(f"a window holds at least 1 value, got {size}")
    means = _window_sums(np.asarray(values, dtype=np.float64), size)
    means /= size
    return means


def _window_sums(values: Floats, size: int) -> Floats:
    """Sums of windows of 1, 2, 4 ... values, of which each window is put together.

    Against the difference of two cumulative sums nothing cancels, a missing value spoils its own windows only, and no
    addition waits for the one before it.
    """
    count = values.shape[-1] - size + 1
    if count < 1:
        return np.empty((*values.shape[:-1], 0))
    part, begin = values, 0
    room = np.empty((2, *values.shape))  # taken in turn: new pages cost as much as the sums
    total: Floats | None = None
    for power in range(size.bit_length()):
        width = 1 << power
        if power:
            left, right = part[..., : -width // 2], part[..., width // 2 :]
            part = np.add(left, right, out=room[power % 2, ..., : left.shape[-1]])
        if size & width:
            piece = part[..., begin : begin + count]
            total = piece.copy() if total is None else np.add(total, piece, out=total)
            begin += width
    assert total is not None  # a size above 0 has a bit
    return total


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
