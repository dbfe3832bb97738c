"""Cutting a series into stretches of constant level: exact optimal partition, and how sure each cut's place is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Stretches:
    """Squared deviation of any stretch of a series from its own mean, in constant time.

    `values` (n,) or (n, q): the costs of q quantities add up. NaN is missing and costs nothing.
    """

    def __init__(self, values: Array) -> None:
        table = values.reshape(len(values), -1)
        known = np.isfinite(table)
        # centred first: sums of squares of large equal numbers would cancel
        centre = np.where(known, table, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        table = np.where(known, table - centre, 0.0)
        start = np.zeros((1, table.shape[1]))
        self._count, self._sum, self._square = (
            np.concatenate([start, np.cumsum(part, axis=0)]).T.copy() for part in (known, table, table * table)
        )
        self.length = len(table)

    def cost(self, start: Any, end: Any) -> Array:
        """Cost of values[start .. end-1]; either may be an array of places."""
        count, total, square = (part.T[end] - part.T[start] for part in (self._count, self._sum, self._square))
        spread: Array = (square - total * total / np.maximum(count, 1.0)).sum(axis=-1)
        return spread

    def cost_up_to(self, end: int, starts: int) -> Array:
        """Cost of values[i .. end-1] for i in 0 .. starts-1, less that of values[0 .. end-1] around the grand mean."""
        gain = np.zeros(starts)
        for count, total, square in zip(self._count, self._sum, self._square, strict=True):
            part = total[end] - total[:starts]
            part *= part
            part /= np.maximum(count[end] - count[:starts], 1.0)
            part += square[:starts]
            gain -= part
        return gain


def optimal_partition(stretches: Stretches, penalty: float, *, min_size: int) -> list[int]:
    """Ends of the stretches (the last is n) that minimise cost + `penalty` per cut; none is shorter than `min_size`.

    Exact dynamic programme, O(n^2) (Jackson et al. 2005, IEEE Signal Process Lett 12:105): the answer that PELT gives.

    >>> steps = np.repeat([0.0, 5.0, 2.0], 20)
    >>> optimal_partition(Stretches(steps), 1.0, min_size=2)
    [20, 40, 60]
    """
    n = stretches.length
    if n < 2 * min_size:
        return [n]
    best = np.full(n + 1, math.inf)
    best[0] = -penalty
    cut = [0] * (n + 1)
    for end in range(min_size, n + 1):
        sums = stretches.cost_up_to(end, end - min_size + 1)
        sums += best[: end - min_size + 1]
        cut[end] = int(sums.argmin())
        best[end] = best[cut[end]] + penalty + float(stretches.cost(cut[end], end))
    ends = [n]
    while cut[ends[-1]] > 0:
        ends.append(cut[ends[-1]])
    return ends[::-1]


def fixed_partition(stretches: Stretches, cuts: int, *, min_size: int) -> list[int]:
    """Ends of the `cuts + 1` stretches (the last is n) with the least cost, none shorter than `min_size`; O(cuts n^2).

    The series must be at least `(cuts + 1) * min_size` long.

    >>> fixed_partition(Stretches(np.repeat([0.0, 5.0, 2.0], 20)), 2, min_size=2)
    [20, 40, 60]
    """
    n = stretches.length
    best = np.full(n + 1, math.inf)
    best[0] = 0.0
    begins = []
    for made in range(cuts + 1):
        longer, begin = np.full(n + 1, math.inf), np.zeros(n + 1, dtype=np.int64)
        for end in range((made + 1) * min_size, n + 1):
            start = np.arange(made * min_size, end - min_size + 1)
            cost = best[start] + stretches.cost(start, end)
            begin[end] = start[cost.argmin()]
            longer[end] = cost.min()
        best = longer
        begins.append(begin)
    ends = [n]
    for begin in begins[:0:-1]:
        ends.append(int(begin[ends[-1]]))
    return ends[::-1]


def step_spread(values: Array) -> float:
    """Standard deviation of the noise around levels that seldom change, from first differences; 0 if there is none.

    The median absolute difference of neighbouring known values, or where that is 0 the mean one, as for a normal
    distribution: a few changes of level hardly move it.

    >>> round(step_spread(np.array([0.0, 1.0, 0.0, 1.0, 9.0, 8.0, 9.0])), 3)
    1.048
    """
    away = np.abs(np.diff(values[np.isfinite(values)]))
    if not len(away):
        return 0.0
    middle = float(np.median(away))
    return (middle * 1.4826 if middle > 0 else float(away.mean()) * 1.253314) / math.sqrt(2)


def place(stretches: Stretches, start: int, end: int, *, min_size: int, temper: float = 1.0) -> tuple[Array, Array]:
    """Possible places of the one cut between `start` and `end`, and the probability of each.

    Normal errors of variance 1, every place as likely beforehand as any other. `temper` divides the log-likelihood
    where errors are not independent.
    """
    places = np.arange(start + min_size, end - min_size + 1)
    loss = stretches.cost(start, places) + stretches.cost(places, end)
    weight = np.exp(-(loss - loss.min()) / (2 * temper))
    return places, weight / weight.sum()


def credible_range(places: Array, probability: Array, coverage: float) -> tuple[int, int]:
    """First and last of the most probable places that together reach `coverage`.

    >>> credible_range(np.array([3, 4, 5, 6]), np.array([0.05, 0.6, 0.3, 0.05]), 0.9)
    (4, 5)
    """
    order = np.argsort(-probability, kind="stable")
    count = int(np.searchsorted(np.cumsum(probability[order]), coverage - 1e-12)) + 1
    chosen = places[order[:count]]
    return int(chosen.min()), int(chosen.max())
