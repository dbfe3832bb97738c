"""What the days around a workout say of it: the athlete's long day of the week, and how hard the days before were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Truths = NDArray[np.bool_]

WEEK = 7
BACK = 400
"""d. Habits of the week are those of the last so many days."""
PRIOR, SHARE = 3.0, 0.1
"""A weekday counts as if it had been seen so many times before, with this share of long workouts."""


def number_of_day(day: Codes) -> Codes:
    """Which workout of its day each is, the first 0; `day` in order.

    >>> number_of_day(np.array([4, 4, 5]))
    array([0, 1, 0])
    """
    return np.arange(len(day)) - first_of_day(day)


def first_of_day(day: Codes) -> Codes:
    """Place of the first workout of the same day, of each workout; `day` in order."""
    if not len(day):
        return np.zeros(0, dtype=np.int64)
    new = np.concatenate(([True], day[1:] != day[:-1]))
    return np.asarray(np.maximum.accumulate(np.where(new, np.arange(len(day)), 0)), dtype=np.int64)


def weekdays(day: Codes, size: Numbers, longish: Numbers, counted: Truths) -> dict[str, Numbers]:
    """How much longer the athlete's workouts of this weekday were than those of the next longest one.

    `size` log size over the usual, `longish` chance of being long, `counted` those that habits are read from; all [n].
    `share`: of long ones on this weekday; `lead` of that share over the highest of the other weekdays; `size`: lead of
    the mean size. Only earlier days enter.
    """
    n = len(day)
    of = (day + 3) % WEEK
    hot = np.eye(WEEK)[of] * counted[:, None]
    seen, long, much = (np.concatenate((np.zeros((1, WEEK)), np.cumsum(hot * each[:, None], axis=0)))
                        for each in (np.ones(n), longish, np.clip(np.nan_to_num(size), -1.0, 1.0)))  # fmt: skip
    end, begin = first_of_day(day), np.searchsorted(day, day - BACK, side="left")
    times, longs, sizes = (each[end] - each[begin] for each in (seen, long, much))
    share, mean = (longs + SHARE * PRIOR) / (times + PRIOR), sizes / (times + PRIOR)
    row = np.arange(n)

    def lead(values: Numbers) -> Numbers:
        others = values.copy()
        others[row, of] = -np.inf
        return np.asarray(values[row, of] - others.max(axis=1))

    return {"share": share[row, of], "lead": lead(share), "size": lead(mean)}


def days_before(day: Codes, hard: Numbers, longish: Numbers) -> dict[str, Numbers]:
    """How hard the day before was and the one before it, and what came earlier on the day itself (0 to 1 each); weeks
    since the latest long workout of an earlier day, at most three; share of hard work in all that came before.

    `hard` and `longish` are chances [n].
    """
    most: dict[int, float] = {}
    today = np.zeros(len(day))
    for place, (one, value) in enumerate(zip(day.tolist(), hard.tolist(), strict=True)):
        today[place] = most.get(one, 0.0)
        most[one] = max(today[place], value)
    end = first_of_day(day)
    newest = np.concatenate(([-10_000], np.maximum.accumulate(np.where(longish > 0.5, day, -10_000))))[end]
    total = np.concatenate(([0.0], np.cumsum(hard)))[end]
    ago = {back: np.array([most.get(one - back, 0.0) for one in day.tolist()]) for back in (1, 2)}
    return {"one": ago[1], "two": ago[2], "today": today, "since": np.minimum(day - newest, 3 * WEEK) / WEEK,
            "share": np.where(end > 30, total / np.maximum(end, 1), np.nan)}  # fmt: skip
