"""Order statistics of all slopes between two points of a series, exact, without making all slopes.

For i < j along x the slope is below m exactly if `y - m x` falls from i to j, so the number of slopes below m is a
number of inversions (Cole et al. 1989, SIAM J Comput 18:792). A random sample of slopes brackets the wanted ranks, the
bracket is narrowed by counting, and only the slopes left in it are made (Dillencourt, Mount & Netanyahu 1992, Int J
Comput Geom Appl 2:1). The sample decides how long it takes, never what comes out.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence import inversions

Array = NDArray[Any]

SAMPLE = 4096
"""slopes drawn to bracket a rank"""
AROUND = SAMPLE // 16
"""slopes of the sample on either side that tell how densely slopes lie"""
LISTED = 16
"""slopes per point that are made and sorted at the end"""

TINY = 1e-300
"""least distance from a slope of 0 that is tried"""


class Slopes:
    """All slopes between two points with different x; `x`, `y` (n,) finite, in any order.

    `total` is their number; `rank(k)` the k-th smallest, from 0.

    >>> slopes = Slopes(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0]))
    >>> slopes.total, [slopes.rank(k) for k in range(slopes.total)]
    (3, [1.0, 2.0, 3.0])
    """

    def __init__(self, x: Array, y: Array) -> None:
        n, step = len(x), np.diff(x)
        if not (step > 0).all():
            order = np.lexsort((y, x))
            x, y = x[order], y[order]
            step = np.diff(x)
        tied = np.diff(np.flatnonzero(np.concatenate([[True], step > 0, [True]])))
        self.total = n * (n - 1) // 2 - int((tied * (tied - 1) // 2).sum()) if n else 0
        # near the origin the products m x keep more digits
        self._x: Array = x - x[n // 2] if n else x
        self._y: Array = y - y[n // 2] if n else y
        self._blur = 8 * np.finfo(float).eps / float(step[step > 0].min(initial=math.inf))
        self._repeats = bool((step == 0).any())
        self._pool: Array | None = None
        self._listed: tuple[int, Array] = (0, np.empty(0))

    def median(self) -> float:
        """Median of all slopes; NaN if there is none."""
        if not self.total:
            return math.nan
        return (self.rank((self.total - 1) // 2) + self.rank(self.total // 2)) / 2

    def rank(self, k: int) -> float:
        """The k-th smallest slope, k from 0 to `total - 1`. Raises IndexError for another k."""
        if not 0 <= k < self.total:
            raise IndexError(f"rank {k} of {self.total} slopes")
        skipped, listed = self._listed
        if not skipped <= k < skipped + len(listed):
            bracket = _Bracket(k, self.total)
            slope = self._narrow(bracket)
            if slope is not None:
                return slope
            skipped, listed = self._listed = bracket.below_low, self._list(bracket.low, bracket.high)
        return float(listed[k - skipped])

    def _narrow(self, bracket: _Bracket) -> float | None:
        """Narrow the bracket until few slopes are left in it; a slope, if many are equal to the wanted one."""
        enough = LISTED * len(self._x)
        if bracket.size <= enough:
            return None
        pool = self._sample()
        at = len(pool) * bracket.rank // self.total
        if len(np.unique(pool[max(0, at - 8) : at + 8])) < 12 and (found := self._equal(bracket, pool)) is not None:
            return found
        self._guess(bracket, pool)
        stride = float(pool[-1] - pool[0]) or 1.0
        while bracket.size > enough:
            before = bracket.size
            if math.isinf(bracket.low) or math.isinf(bracket.high):
                self._try(bracket, float(pool[0]) - stride if math.isinf(bracket.low) else float(pool[-1]) + stride)
                stride *= 8
                continue
            for slope in bracket.interpolated(1 / 30):
                self._try(bracket, slope)
            if bracket.size > before / 2:
                # either many slopes are equal, or they are spread very unevenly
                if (found := self._equal(bracket, pool)) is not None:
                    return found
                self._try(bracket, bracket.middle)
        return None

    def _guess(self, bracket: _Bracket, pool: Array) -> None:
        """Take the sample's slope of that rank, count how far it is off, and bracket where it should be then."""
        at = len(pool) * bracket.rank // self.total
        slope = float(pool[at])
        below = self._try(bracket, slope)
        left, right = max(0, at - AROUND), min(len(pool) - 1, at + AROUND)
        per_rank = float(pool[right] - pool[left]) / (right - left) * len(pool) / self.total
        off = bracket.rank - below
        margin = 0.15 * abs(off) + len(self._x)
        self._try(bracket, slope + (off - margin) * per_rank)
        self._try(bracket, slope + (off + margin) * per_rank)

    def _equal(self, bracket: _Bracket, pool: Array) -> float | None:
        """The slope that, up to rounding, all the remaining ones are equal to; None if they differ."""
        inside = pool[(pool >= bracket.low) & (pool <= bracket.high)]
        middle = float(inside[int(len(inside) * bracket.share)]) if len(inside) else bracket.middle
        width = self._resolution(middle)
        self._try(bracket, middle - width)
        self._try(bracket, middle + width)
        return middle if bracket.high - bracket.low <= 2.5 * width else None

    def _try(self, bracket: _Bracket, slope: float) -> int:
        """Cut the bracket at a slope; the number of slopes below it."""
        if not bracket.low < slope < bracket.high:
            return bracket.below_low if slope <= bracket.low else bracket.below_high
        below = inversions.count(self._order(slope))
        bracket.cut(slope, below)
        return below

    def _resolution(self, slope: float) -> float:
        """How far from a slope the order of `y - slope x` is sure in spite of rounding."""
        return max(self._blur * float(np.abs(self._y).max() + abs(slope) * np.abs(self._x).max()), TINY)

    def _order(self, slope: float) -> Array:
        """The points in order of `y - slope x`."""
        if math.isinf(slope):
            return np.argsort(-np.sign(slope) * self._x, kind="stable")
        # points with equal x must never change their order; otherwise the order of equals does not matter
        return np.argsort(self._y - slope * self._x, kind="stable" if self._repeats else None)

    def _between(self, first: Array, second: Array) -> Array:
        slopes: Array = (self._y[second] - self._y[first]) / (self._x[second] - self._x[first])
        return slopes

    def _sample(self) -> Array:
        if self._pool is None:
            pick = np.sort(np.random.default_rng(1).integers(0, len(self._x), size=(2, SAMPLE)), axis=0)
            first, second = pick[:, self._x[pick[0]] < self._x[pick[1]]]
            self._pool = np.sort(self._between(first, second))
        return self._pool

    def _list(self, low: float, high: float) -> Array:
        """All slopes from `low` to below `high`, sorted: of the pairs that change their order between the two."""
        by_low, place = self._order(low), np.empty(len(self._x), dtype=np.int64)
        place[self._order(high)] = np.arange(len(place))
        first, second = (by_low[part] for part in inversions.pairs(place[by_low]))
        rising = first < second
        return np.sort(self._between(first[rising], second[rising]))


class _Bracket:
    """Two slopes around the one of a rank, and how many slopes lie below each."""

    def __init__(self, rank: int, total: int) -> None:
        self.rank = rank
        self.low, self.high = -math.inf, math.inf
        self.below_low, self.below_high = 0, total

    @property
    def size(self) -> int:
        return self.below_high - self.below_low

    @property
    def share(self) -> float:
        return (self.rank - self.below_low) / self.size

    @property
    def middle(self) -> float:
        return self.low + (self.high - self.low) / 2

    def interpolated(self, margin: float) -> tuple[float, float]:
        """Slopes a little below and above where the rank would lie if slopes were spread evenly."""
        span = self.high - self.low
        return self.low + span * (self.share - margin), self.low + span * (self.share + margin)

    def cut(self, slope: float, below: int) -> None:
        """Take in that `below` slopes are smaller than `slope`."""
        if below <= self.rank:
            self.low, self.below_low = slope, below
        else:
            self.high, self.below_high = slope, below
