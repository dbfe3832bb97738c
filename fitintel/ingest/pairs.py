"""Which workouts are worth comparing: those of other imports on the same or next day that could be the same one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.workouts import Workouts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = tuple[NDArray[np.intp], NDArray[np.intp]]

NEAR = 1800.0
"""s between starts on one clock within which two workouts are compared"""
DAY, QUARTER, RESIDUE = 86_400.0, 900.0, 300.0
LIKE = 0.1
"""share by which durations (or distances) may differ where clocks say nothing"""
REACH = 40
"""workouts that start within `NEAR` of one that are looked at"""
AT_ONCE = 2_000_000
"""pairs held in memory"""


def pairs(workouts: Workouts, fresh: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Places of pairs to compare, at least one of each `fresh`; `fresh` is of shape (rows,).

    Rows of one import are compared only where they run at the same time: a file states its own workouts as several.
    """
    _, batch = np.unique(workouts["import_id"].astype(str), return_inverse=True)
    day, start = workouts["day"], workouts["start"]
    found: set[tuple[int, int]] = set()
    for first, second in (*_by_day(day, fresh, alone=batch), _by_start(start, fresh)):
        good = _could_be(workouts, batch, first, second)
        found.update(zip(first[good].tolist(), second[good].tolist(), strict=True))
    return sorted(found)


def _by_day(day: NDArray[np.int64], fresh: NDArray[np.bool_], *, alone: NDArray[Any]) -> Iterator[Places]:
    if not len(day) or (alone == alone[0]).all():
        return
    order = np.argsort(day, kind="stable")
    wanted = np.flatnonzero(fresh)
    low = np.searchsorted(day[order], day[wanted] - 1, "left")
    count = np.searchsorted(day[order], day[wanted] + 1, "right") - low
    parts = np.searchsorted(np.cumsum(count), np.arange(AT_ONCE, count.sum() + AT_ONCE, AT_ONCE))
    for some in np.split(np.arange(len(wanted)), parts):
        many = count[some]
        first = np.repeat(wanted[some], many)
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        yield _ordered(first, order[np.repeat(low[some], many) + within])


def _by_start(start: NDArray[np.float64], fresh: NDArray[np.bool_]) -> Places:
    """Neighbours in time, also of one import."""
    order = np.argsort(start, kind="stable")
    order = order[~np.isnan(start[order])]
    first: list[NDArray[np.intp]] = []
    second: list[NDArray[np.intp]] = []
    for reach in range(1, min(len(order), REACH)):
        near = np.flatnonzero(start[order[reach:]] - start[order[:-reach]] <= NEAR)
        if not len(near):
            break
        first.append(order[near])
        second.append(order[near + reach])
    if not first:
        nothing = np.zeros(0, dtype=np.intp)
        return nothing, nothing
    ones, twos = _ordered(np.concatenate(first), np.concatenate(second))
    kept = fresh[ones] | fresh[twos]
    return ones[kept], twos[kept]


def _ordered(first: NDArray[np.intp], second: NDArray[np.intp]) -> Places:
    return np.minimum(first, second), np.maximum(first, second)


def _could_be(workouts: Workouts, batch: NDArray[Any], first: NDArray[np.intp], second: NDArray[np.intp]) -> Any:
    """A coarse look, wider than every case in which `matching.match` finds something: bool [pairs]."""
    start, offset = workouts["start"], np.nan_to_num(workouts["utc_offset"])
    apart = start[first] - start[second]
    on_wall = apart + offset[first] - offset[second]
    residue = np.abs(apart - np.round(apart / QUARTER) * QUARTER)
    residue = np.minimum(residue, np.abs(on_wall - np.round(on_wall / QUARTER) * QUARTER))
    near = np.minimum(np.abs(apart), np.abs(on_wall)) <= NEAR
    timeless = np.isnan(apart)
    alike = _alike(workouts["duration"], first, second) & _alike(workouts["distance"], first, second)
    # a timer and the whole time differ by the pauses: recordings may say both, so they are looked at more closely
    far = (residue <= RESIDUE) & (np.abs(apart) <= 2 * DAY) & alike
    other = batch[first] != batch[second]
    return (first != second) & (near | ((far | (timeless & alike)) & other))


def _alike(values: NDArray[np.float64], first: NDArray[np.intp], second: NDArray[np.intp]) -> Any:
    one, two = values[first], values[second]
    with np.errstate(invalid="ignore"):
        differ = np.abs(one - two) > np.maximum(60.0, LIKE * np.maximum(one, two))
    return ~differ
