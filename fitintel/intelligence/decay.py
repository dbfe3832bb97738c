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
    return _decay(values, ((keep, gain, start),))[0]


def decayed_twice(values: Any, one: tuple[float, float, Any], other: tuple[float, float, Any]) -> tuple[Array, Array]:
    """`decayed` of the same values with two sets of (keep, gain, start), in one pass.

    A cumulative sum waits for each addition; two side by side, as the parts of a complex number, wait no longer than
    one. Equal to two calls but for rounding: both take the blocks of the one that decays faster.

    >>> decayed_twice([1.0, 0.0], (0.5, 1.0, 0.0), (0.9, 1.0, 0.0))
    (array([1. , 0.5]), array([1. , 0.9]))
    """
    if min(one[0], other[0]) < NOTHING:
        return decayed(values, *one), decayed(values, *other)
    first, second = _decay(values, (one, other))
    return first, second


def _decay(values: Any, shares: tuple[tuple[float, float, Any], ...]) -> list[Array]:
    """One answer for each (keep, gain, start), of which there are one or two."""
    keeps = [keep for keep, _, _ in shares]
    for keep in keeps:
        if not 0 <= keep <= 1:
            raise ValueError(f"keep is a share from 0 to 1, got {keep}")
    values = np.asarray(values)
    if not values.size:
        return [np.empty(values.shape) for _ in shares]
    n = values.shape[-1]
    rows = values.reshape(-1, n)
    outs = [np.empty(rows.shape, dtype=np.float32 if values.dtype == np.float32 else np.float64) for _ in shares]
    if min(keeps) < NOTHING:
        np.multiply(rows, shares[0][1], out=outs[0], casting="same_kind")
        return [outs[0].reshape(values.shape)]
    block = n if min(keeps) == 1 else min(n, max(1, int(math.log(SPAN) / -math.log(min(keeps)))))
    falls = [keep ** np.arange(1.0, block + 1) for keep in keeps]
    rises = [gain / fall for (_, gain, _), fall in zip(shares, falls, strict=True)]
    levels = [
        np.broadcast_to(np.asarray(start, dtype=np.float64), values.shape[:-1]).reshape(-1).copy()
        for _, _, start in shares
    ]
    at_once = min(len(rows), max(1, CELLS // (block * len(shares))))
    sums: Array = np.empty((at_once, block), dtype=np.complex128 if len(shares) == 2 else np.float64)
    parts = (sums.real, sums.imag) if len(shares) == 2 else (sums,)
    for top in range(0, len(rows), at_once):
        some = slice(top, top + at_once)
        for left in range(0, n, block):
            piece = rows[some, left : left + block]
            height, width = piece.shape
            for part, rise, level in zip(parts, rises, levels, strict=True):
                np.multiply(piece, rise[:width], out=part[:height, :width])
                part[:height, 0] += level[some]
            np.cumsum(sums[:height, :width], axis=1, out=sums[:height, :width])
            for part, fall, level, out in zip(parts, falls, levels, outs, strict=True):
                level[some] = part[:height, width - 1] * fall[width - 1]
                np.multiply(
                    part[:height, :width], fall[:width], out=out[some, left : left + block], casting="same_kind"
                )
    return [out.reshape(values.shape) for out in outs]
