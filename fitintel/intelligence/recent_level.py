"""The level of late: a mean of the latest earlier values, the newer ones weighing more. Later values never enter it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.past import ROWS, PastWindows

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recent:
    """For each row, of the values before it; `level` is NaN where there is none."""

    level: Numbers
    weight: Numbers
    """sum of the weights, that of a value of the same day being 1"""
    count: NDArray[np.int64]
    """how many there are, at most the width"""


def recent(
    values: Numbers, day: NDArray[np.int64], group: NDArray[np.int64], *, fades: Sequence[float], clip: float,
    width: int = 60,
) -> tuple[Recent, ...]:  # fmt: skip
    """Means of the last `width` finite values of the same group before each row, weighted by exp(-age / fade); one for
    each of `fades` [d].

    `values` float64[n] in order of time, `day` int64[n] [d]. No value counts for more than `clip` from the median of
    them: one odd workout must not move the level.

    >>> day, group = np.array([0, 1, 2]), np.zeros(3, dtype=int)
    >>> recent(np.array([1.0, 2.0, 9.0]), day, group, fades=(1e9,), clip=5.0)[0].level
    array([nan, 1. , 1.5])
    """
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values)
    windows = PastWindows(values, group, width=width)
    if not windows.count.any():  # a sensor that the athlete does not have
        nothing = Recent(np.full(len(values), np.nan), np.zeros(len(values)), windows.count)
        return (nothing,) * len(fades)
    days = PastWindows(np.where(known, day, np.nan), group, width=width)
    median = windows.past().median
    # ages are whole days: far fewer than values
    ages = np.append(np.arange(day.max() - day.min() + 1, dtype=np.float64), np.inf)
    level, weight = np.full((len(fades), len(values)), np.nan), np.zeros((len(fades), len(values)))
    for begin in range(0, len(values), ROWS):
        rows = np.arange(begin, min(begin + ROWS, len(values)))
        off = windows.of(rows) - median[rows, None]
        there = np.isfinite(off)
        # the last age stands for what is not there
        age = np.where(there, day[rows, None] - days.of(rows), len(ages) - 1).astype(np.int64)
        off = np.where(there, np.clip(off, -clip, clip), 0.0)
        some = there.any(axis=1)
        for at, fade in enumerate(fades):
            each = np.exp(-ages / fade)[age]
            weight[at, rows] = each.sum(axis=1)
            # after years of rest all weights are next to nothing: the plain median stands
            mean = median[rows] + (each * off).sum(axis=1) / np.maximum(weight[at, rows], 1e-12)
            level[at, rows] = np.where(some, mean, np.nan)
    return tuple(Recent(level[at], weight[at], windows.count) for at in range(len(fades)))
