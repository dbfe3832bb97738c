"""What came before each value: running robust statistics that never see the value itself or anything later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

ROWS = 1024
"""Rows computed at a time: keeps the windows in the processor's cache and memory flat."""
IQR = 1.349
"""Interquartile range of a normal distribution in standard deviations."""


@dataclass(frozen=True, slots=True)
class Past:
    """For each row, statistics of the values before it; NaN where there is none."""

    count: Codes
    """how many there are, at most the width"""
    median: Numbers
    scale: Numbers
    """interquartile range as a standard deviation"""
    high: Numbers
    """the highest"""
    near: Numbers
    """distance of the row's value to the k-th nearest; NaN unless `nearest` was asked for"""


class PastWindows:
    """The last `width` finite values of the same group before each row.

    `values` float64[n] in order of time, NaN where a row has none; `group` int64[n] codes.

    >>> windows = PastWindows(np.array([1.0, 2.0, np.nan, 4.0]), np.zeros(4, dtype=int), width=2)
    >>> windows.past().median
    array([nan, 1. , 1.5, 1.5])
    """

    def __init__(self, values: Numbers, group: Codes, *, width: int = 60) -> None:
        self.values, self.width = np.asarray(values, dtype=np.float64), width
        order = np.argsort(group, kind="stable")
        finite = np.isfinite(self.values[order])
        before = np.cumsum(finite) - finite  # finite values in earlier rows, of all groups
        codes = group[order]
        starts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))[: len(codes)])
        nth = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(codes))))
        # `width` missing values precede each group, so that no window reaches into the group before it
        place = before + width * (nth + 1)
        buffer = np.full(int(finite.sum()) + width * (len(starts) + 1), np.nan)
        buffer[place[finite]] = self.values[order][finite]
        self.place, self.count = np.empty_like(place), np.empty_like(place)
        self.place[order] = place
        self.count[order] = np.minimum(before - before[starts][nth], width)
        self.windows = sliding_window_view(buffer, width)

    def of(self, rows: Codes) -> Numbers:
        """Windows [len(rows), width] of these rows; NaN where the past is shorter."""
        windows: Numbers = self.windows[self.place[rows] - self.width]
        return windows

    def past(self, nearest: int | None = None) -> Past:
        """Statistics of every row's window."""
        median, scale, high, near = np.full((4, len(self.values)), np.nan)
        if not self.count.any():  # a sensor that the athlete does not have
            return Past(self.count, median, scale, high, near)
        for begin in range(0, len(self.values), ROWS):
            rows = np.arange(begin, min(begin + ROWS, len(self.values)))
            windows = self.of(rows)
            if nearest is not None:
                near[rows] = kth_gap(windows, self.values[rows], nearest)
            windows.sort(axis=1)  # missing values go last
            row, count = np.arange(len(rows)), self.count[rows]
            last = np.maximum(count - 1, 0)
            median[rows] = (windows[row, last // 2] + windows[row, (last + 1) // 2]) / 2
            scale[rows] = (windows[row, last - count // 4] - windows[row, count // 4]) / IQR
            high[rows] = windows[row, last]
        return Past(self.count, median, scale, high, near)


def kth_gap(windows: Numbers, values: Numbers, k: int) -> Numbers:
    """Distance of each value to the k-th nearest of its window; NaN when there are fewer.

    >>> kth_gap(np.array([[1.0, 5.0, np.nan]]), np.array([2.0]), 2)
    array([3.])
    """
    gaps: Numbers = np.partition(np.abs(windows - values[:, None]), k - 1, axis=1)[:, k - 1]
    return gaps
