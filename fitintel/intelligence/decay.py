"""Exponential decay along time, the recursion behind CTL, the impulse response and exponential smoothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SPAN = 1e6
"""Within a block weights differ by this factor at most: a sum keeps at least ten of a float's sixteen digits."""
NOTHING = 1e-300
"""A smaller share is none: its inverse would overflow."""
CELLS = 50_000
"""Numbers worked on at once: they stay in the processor's cache, and a large batch needs little memory of its own."""


def decayed(values: Any, keep: float, gain: float = 1.0, start: Any = 0.0) -> Array:
    """`y_t = keep * y_{t-1} + gain * values_t` along the last axis, from `y_{-1} = start`.

    `values` (..., n), one number a step; `keep` from 0 to 1; `start` a number or (...). Exact up to rounding, O(n), in
    blocks: within one, `y_t = keep^t (start + sum of values_s keep^-s)` is a cumulative sum, so that a stream of hours
    or ten thousand athletes take no Python loop over steps. What comes later never changes what came before. float32
    in gives float32 out (summed in float64), which halves the memory of a large batch. NaN stays NaN from there on.
    Raises ValueError for `keep` outside 0 to 1.

    >>> decayed([1.0, 0.0, 0.0], 0.5)
    array([1.  , 0.5 , 0.25])
    """
    if not 0 <= keep <= 1:
        raise ValueError(f"keep is a share from 0 to 1, got {keep}")
    values = np.asarray(values)
    if not values.size:
        return np.empty(values.shape)
    n = values.shape[-1]
    rows = values.reshape(-1, n)
    out = np.empty(rows.shape, dtype=np.float32 if values.dtype == np.float32 else np.float64)
    if keep < NOTHING:
        np.multiply(rows, gain, out=out, casting="same_kind")
        return out.reshape(values.shape)
    block = n if keep == 1 else min(n, max(1, int(math.log(SPAN) / -math.log(keep))))
    fall = keep ** np.arange(1.0, block + 1)
    rise = gain / fall
    at_once = max(1, CELLS // max(1, block))
    level = np.broadcast_to(np.asarray(start, dtype=np.float64), values.shape[:-1]).reshape(-1).copy()
    for top in range(0, len(rows), at_once):
        some = slice(top, top + at_once)
        for left in range(0, n, block):
            piece = rows[some, left : left + block]
            width = piece.shape[1]
            sums = np.multiply(piece, rise[:width], dtype=np.float64)
            sums[:, 0] += level[some]
            np.cumsum(sums, axis=1, out=sums)
            level[some] = sums[:, -1] * fall[width - 1]
            np.multiply(sums, fall[:width], out=out[some, left : left + block], casting="same_kind")
    return out.reshape(values.shape)
