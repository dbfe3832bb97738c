"""Samples of an export to values of days: steps of watch and phone once, the main sleep, the lowest heart rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.wellness import Measured
from fitintel.ingest.apple.gathered import Gathered, Intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DAY = 86_400.0
EVENING = 6 * 3600.0
"""s. Sleep that ends within so long before midnight belongs to the next day's night."""
WAKE_GAP = 3 * 3600.0
"""s. Awake for longer than this, and what follows is another sleep."""


def values(found: Gathered) -> list[Measured]:
    """Every value of the export, by day and metric."""
    made = [
        Measured(int((each.at + each.offset) // DAY), each.metric, each.value, each.at, each.offset)
        for each in found.readings
    ]
    made += [*steps(found.steps), *nights(found.sleep), *found.given]
    made += [Measured(day, "hr_low", rate) for day, rate in found.lowest.items()]
    return sorted(set(made), key=lambda each: (each.day, each.metric, each.at or 0.0, each.value))


def preferred(sources: Iterable[str]) -> list[str]:
    """Sources in order of trust: what is worn before what is carried, then by name.

    >>> preferred(["Anna's iPhone", "Anna's Apple Watch"])
    ["Anna's Apple Watch", "Anna's iPhone"]
    """
    return sorted(sources, key=lambda name: ("watch" not in name.lower(), "iphone" not in name.lower(), name))


def steps(by_source: Mapping[str, Intervals]) -> Iterator[Measured]:
    """Steps of each day. Time that a better source has covered counts only there; the rest is added, so that a phone
    fills the hours without the watch and doubles none.
    """  # fmt: skip
    begins: Floats = np.empty(0)
    ends: Floats = np.empty(0)
    total: dict[int, float] = {}
    for source in preferred(by_source):
        start, end, offset, value = _unique(by_source[source])
        length = end - start
        covered = _covered(begins, ends, end) - _covered(begins, ends, start)
        inside = _inside(begins, ends, start)
        share = np.where(length > 0, 1.0 - covered / np.where(length > 0, length, 1.0), ~inside)
        for day, counted in zip(((start + offset) // DAY).astype(int).tolist(), (value * share).tolist(), strict=True):
            total[day] = total.get(day, 0.0) + counted
        begins, ends = _union(np.concatenate([begins, start]), np.concatenate([ends, end]))
    for day, counted in sorted(total.items()):
        if round(counted) > 0:
            yield Measured(day, "steps", float(round(counted)))


def nights(by_source: Mapping[str, Intervals]) -> Iterator[Measured]:
    """The main sleep of each night by the most trusted source that has it: start, end and time asleep."""
    taken: set[int] = set()
    for source in preferred(by_source):
        start, end, offset, _ = _unique(by_source[source])
        own: dict[int, list[tuple[float, float, float]]] = {}
        night = ((end + offset + EVENING) // DAY).astype(int).tolist()
        for day, *segment in zip(night, start.tolist(), end.tolist(), offset.tolist(), strict=True):
            own.setdefault(day, []).append((segment[0], segment[1], segment[2]))
        for day, segments in sorted(own.items()):
            if day in taken:
                continue
            taken.add(day)
            begins, ends = _union(np.array([s[0] for s in segments]), np.array([s[1] for s in segments]))
            cut = np.flatnonzero(begins[1:] - ends[:-1] > WAKE_GAP) + 1
            sleeps = list(zip(np.split(begins, cut), np.split(ends, cut), strict=True))
            main = max(sleeps, key=lambda sleep: float((sleep[1] - sleep[0]).sum()))
            shift = segments[-1][2]
            midnight = day * DAY - shift
            asleep = float((main[1] - main[0]).sum())
            for metric, value in (("sleep_start", float(main[0][0]) - midnight),
                                  ("sleep_end", float(main[1][-1]) - midnight),
                                  ("sleep_duration", asleep)):  # fmt: skip
                yield Measured(day, metric, value, None, shift)


def _unique(each: Intervals) -> tuple[Floats, Floats, Floats, Floats]:
    """The intervals by start, each once."""
    rows = np.stack([np.frombuffer(each.start, np.float64), np.frombuffer(each.end, np.float64),
                     np.frombuffer(each.offset, np.float32), np.frombuffer(each.value, np.float32)])  # fmt: skip
    start, end, offset, value = np.unique(rows, axis=1)
    return start, end, offset, value


def _union(begin: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Disjoint intervals that cover the same, in order."""
    order = np.argsort(begin, kind="stable")
    begin, reach = begin[order], np.maximum.accumulate(end[order])
    if not begin.size:
        return begin, reach
    new = np.flatnonzero(np.concatenate([[True], begin[1:] > reach[:-1]]))
    last = np.concatenate([new[1:] - 1, [begin.size - 1]])
    return begin[new], reach[last]


def _covered(begins: Floats, ends: Floats, at: Floats) -> Floats:
    """Time covered by disjoint intervals up to each moment."""
    if not begins.size:
        return np.zeros(at.size)
    before = np.concatenate([[0.0], np.cumsum(ends - begins)])
    place = np.searchsorted(begins, at, side="right")
    partly = np.where(place > 0, np.minimum(at, ends[place - 1]) - begins[place - 1], 0.0)
    return before[np.maximum(place - 1, 0)] * (place > 0) + np.maximum(partly, 0.0)


def _inside(begins: Floats, ends: Floats, at: Floats) -> NDArray[np.bool_]:
    if not begins.size:
        return np.zeros(at.size, dtype=bool)
    place = np.searchsorted(begins, at, side="right")
    return np.asarray((place > 0) & (at <= ends[place - 1]), dtype=bool)
