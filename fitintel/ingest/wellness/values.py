"""Cells of a wellness table to numbers of metrics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from fitintel.core.units import SECOND_PER_HOUR, SECOND_PER_MINUTE
from fitintel.ingest.dates import Moments, Order, read_moments
from fitintel.ingest.distinct import distinct
from fitintel.ingest.numbers import clocks, numbers
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import CLOCK, MOMENT, Plan, Take

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DAY = 86_400.0
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})", re.ASCII | re.IGNORECASE)


class Column(NamedTuple):
    """A metric's numbers, NaN where missing, and the places of cells that are none."""

    take: Take
    values: Floats
    unreadable: tuple[int, ...]


def days_of(table: Table, plan: Plan) -> Moments:
    """The day and time of every row, from the first of the day's columns that is filled."""
    cells = table.column(plan.day[0])
    for header in plan.day[1:]:
        cells = [cell if cell.strip() else other for cell, other in zip(cells, table.column(header), strict=True)]
    return read_moments(cells, cast("Order", plan.date_order))


def offsets(cells: Sequence[str]) -> Floats:
    """Offsets from UTC [s] as vendors write them, NaN where a cell is none.

    >>> offsets(["UTC-07:00", "UTC+01:00", "UTCZ", "-05:00", "Z", "?"]).tolist()
    [-25200.0, 3600.0, 0.0, -18000.0, 0.0, nan]
    """
    known, codes = distinct([cell.strip() for cell in cells])
    found = []
    for cell in known:
        match = _OFFSET.fullmatch(cell)
        if match:
            seconds = int(match[2]) * SECOND_PER_HOUR + int(match[3]) * SECOND_PER_MINUTE
            found.append(-seconds if match[1] == "-" else seconds)
        else:
            found.append(0.0 if cell.upper() in ("UTCZ", "Z", "UTC", "GMT") else float("nan"))
    return np.array(found, dtype=np.float64)[codes]


def column(table: Table, plan: Plan, take: Take, moments: Moments) -> Column:
    """The numbers of one column in the unit of its metric."""
    cells = table.column(take.header)
    if take.written == MOMENT:
        read = read_moments(cells, cast("Order", plan.date_order))
        missing = np.array([rule == "date_missing" for rule in _rules(read, len(cells))], dtype=bool)
        values = (read.day - moments.day).astype(np.float64) * DAY + read.second
        wrong = np.array([place in read.wrong for place in range(len(cells))], dtype=bool)
        values = np.where(wrong, np.nan, values)
        return Column(take, values, tuple(np.flatnonzero(wrong & ~missing).tolist()))
    said = clocks(cells, "h:min") if take.written == CLOCK else numbers(cells, plan.decimal, plan.thousands)
    values = said.values * take.factor
    if take.metric in plan.zero_is_missing:
        values = np.where(values == 0.0, np.nan, values)
    return Column(take, values, (*said.unreadable, *said.infinite))


def _rules(moments: Moments, count: int) -> list[str]:
    return [moments.wrong.get(place, "") for place in range(count)]
