"""The highest mean over any window of each length, exact, for all lengths at once.

Of P, the running sum less the overall mean, the excess of a window is `P[end] - P[start]`. For a tile of neighbouring
starts and lengths the highest P among its ends less the lowest P among its starts bounds every excess in it, so a tile
below what some window of each of its lengths is known to reach is passed over. Large tiles first, what is left in
small ones, what is still left window by window.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Array = NDArray[Any]

COARSE, FINE = 64, 16
"""starts and lengths of a tile; the second divides the first"""
STRIDE = 8
"""between the starts of the windows that are tried before anything is passed over"""
AT_ONCE = 4096
"""small tiles evaluated together, to bound memory"""
FEW = 400
"""lengths up to which trying every window is the faster way"""


def best_means(values: Floats, lengths: Array) -> Floats:
    """Highest mean of each of `lengths` consecutive values of `values` (n,), neither missing nor infinite.

    `lengths` (m,) whole numbers of at least 1; NaN for a length above n.

    >>> best_means(np.array([1.0, 5.0, 3.0, 4.0]), np.array([1, 2, 4, 9]))
    array([5. , 4. , 3.25, nan])
    """
    best = np.full(len(lengths), np.nan)
    fits = lengths <= len(values)
    wanted, place = np.unique(lengths[fits], return_inverse=True)
    if not len(wanted):
        return best
    mean = float(values.mean())
    sums = np.concatenate([[0.0], np.cumsum(values - mean)])
    excess = _every_window(sums, wanted) if len(wanted) <= FEW else _Search(sums, int(wanted[-1])).curve()[wanted - 1]
    best[fits] = (excess / wanted + mean)[place]
    return best


def _every_window(sums: Floats, lengths: Array) -> Floats:
    room = np.empty(len(sums))
    # the methods of an array are a tenth slower than the functions behind them, and an hour has little else to do
    subtract, highest = np.subtract, np.maximum.reduce
    return np.array([highest(subtract(sums[k:], sums[:-k], room[k:])) for k in lengths.tolist()])


class _Search:
    """All lengths 1 .. `longest` at once. Arrays over starts, ends and lengths are padded to whole tiles."""

    def __init__(self, sums: Floats, longest: int) -> None:
        n = len(sums) - 1
        self._longest = longest
        self._length_blocks, self._start_blocks = -(-longest // COARSE), -(-n // COARSE)
        # beyond the end no window may look good: starts there are high, ends there are low
        padded = (self._length_blocks + self._start_blocks + 1) * COARSE
        self._starts, self._ends = np.full(padded, np.inf), np.full(padded, -np.inf)
        self._starts[:n] = sums[:n]
        self._ends[: n + 1] = sums
        self._best = np.full(self._length_blocks * COARSE, -np.inf)
        self._best[longest:] = np.inf

    def curve(self) -> Floats:
        """Highest excess of each length."""
        low, high = self._bounds(COARSE)
        bound = np.lib.stride_tricks.sliding_window_view(high, self._start_blocks)[: self._length_blocks] - low
        self._begin(bound.argmax(axis=1))
        length, start = np.nonzero(bound > self._least(COARSE)[:, None])
        length, start, bound = self._split(length, start)
        top = np.lexsort((-bound, length))
        first = top[np.flatnonzero(np.diff(length[top], prepend=-1))]
        self._evaluate(length[first], start[first])
        left = bound > self._least(FINE)[length]
        length, start = length[left], start[left]
        for begin in range(0, len(length), AT_ONCE):
            self._evaluate(length[begin : begin + AT_ONCE], start[begin : begin + AT_ONCE])
        return self._best[: self._longest]

    def _bounds(self, size: int) -> tuple[Floats, Floats]:
        """Of blocks of `size`: the lowest sum at starts, and the highest at ends in a block and the one after it."""
        low = self._starts.reshape(-1, size).min(axis=1)
        high = self._ends.reshape(-1, size).max(axis=1)
        return low[: self._start_blocks * (COARSE // size)], np.maximum(high, np.append(high[1:], -np.inf))

    def _least(self, size: int) -> Floats:
        """Of blocks of `size` lengths: what each of the lengths is known to reach."""
        least: Floats = self._best.reshape(-1, size).min(axis=1)
        return least

    def _begin(self, start: Array) -> None:
        """Try some windows of each length, in the most promising tile of each block of lengths."""
        lengths = np.arange(1, len(self._best) + 1)
        begin = np.repeat(start * COARSE, COARSE)
        for offset in range(0, COARSE, STRIDE):
            np.maximum(self._best, self._ends[begin + offset + lengths] - self._starts[begin + offset], out=self._best)

    def _split(self, length: Array, start: Array) -> tuple[Array, Array, Floats]:
        """Fine tiles of coarse ones that may hold a better window, in order of length, and their bounds."""
        low, high = self._bounds(FINE)
        part = np.arange(COARSE // FINE)
        shape = (len(length), len(part), len(part))
        lengths = np.broadcast_to((length[:, None] * len(part) + part)[:, :, None], shape).ravel()
        starts = np.broadcast_to((start[:, None] * len(part) + part)[:, None, :], shape).ravel()
        bound = high[lengths + starts] - low[starts]
        left = np.flatnonzero(bound > self._least(FINE)[lengths])
        left = left[np.argsort(lengths[left], kind="stable")]
        return lengths[left], starts[left], bound[left]

    def _evaluate(self, length: Array, start: Array) -> None:
        """Try every window of fine tiles, given in order of length."""
        if not len(length):
            return
        first = start * FINE
        starts = self._starts[first + np.arange(FINE)[:, None]]
        ends = self._ends[first + length * FINE + 1 + np.arange(2 * FINE - 1)[:, None]]
        best = ends[:FINE] - starts[0]
        for offset in range(1, FINE):
            np.maximum(best, ends[offset : offset + FINE] - starts[offset], out=best)
        group = np.flatnonzero(np.diff(length, prepend=-1))
        known = self._best.reshape(-1, FINE)
        known[length[group]] = np.maximum(known[length[group]], np.maximum.reduceat(best, group, axis=1).T)
