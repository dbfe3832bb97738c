"""WellnessSource: one kind of table of wellness, and how its columns are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from fitintel.core.errors import UnknownName
from fitintel.core.wellness import metric
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table

NUMBER, CLOCK, MOMENT = "number", "clock", "moment"
"""A cell that is a number times a factor; a duration with colons; a date and time, told from the day's midnight."""


class Take(NamedTuple):
    """One column: its name in the file, the metric, the factor to the metric's unit, and how a cell is written."""

    header: str
    metric: str
    factor: float = 1.0
    written: str = NUMBER


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table of wellness is read."""

    day: tuple[str, ...]
    """columns that hold the day, the first that is filled counts"""
    takes: tuple[Take, ...]
    date_order: str = ""
    decimal: str = "."
    thousands: str = ""
    at: str = ""
    """column of the time of measurement; '' where a row is a day"""
    offset: str = ""
    """column of the offset from UTC that the row's local times have"""
    person: str = ""
    """column that says whose row it is"""
    zero_is_missing: tuple[str, ...] = ()
    """metrics where this source writes 0 for what was not measured"""
    only: tuple[str, tuple[str, ...]] = ("", ())
    """(column, beginnings of its cells, plainly written) of the rows that are measurements at rest"""
    left_out: tuple[str, ...] = field(default=())
    """columns that are not read"""

    def __post_init__(self) -> None:
        for take in self.takes:
            metric(take.metric)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the ledger."""
        return {
            "columns": {take.header: [take.metric, take.factor, take.written] for take in self.takes},
            "day": list(self.day), "date_order": self.date_order, "decimal": self.decimal,
            "thousands": self.thousands, "at": self.at, "offset": self.offset, "person": self.person,
            "ignored": list(self.left_out),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WellnessSource:
    """How one kind of table is recognised and read."""

    name: str
    version: str
    says: str
    recognises: Callable[[Sequence[str]], bool]
    """from the header alone"""
    plan: Callable[[Table, str, Options], Plan]
    """(table, file name, options) -> how its columns are read; raises DataError"""


ORDER = ("whoop_csv", "fitbit_daily_csv", "elitehrv_csv", "hrv4training_csv")
"""Sources by file, asked before those of workouts."""
LAST = "wellness_csv"
"""Any other table of wellness, asked after those of workouts."""


@cache
def get(name: str) -> WellnessSource:
    """The source of wellness of that name; raises UnknownName."""
    if name not in (*ORDER, LAST):
        raise UnknownName("source of wellness", name, (*ORDER, LAST))
    found: WellnessSource = import_module(f"fitintel.ingest.sources.{name}").SOURCE
    return found


def of_header(header: Sequence[str]) -> WellnessSource | None:
    """The source of wellness that knows a header; the general one is not asked."""
    return next((get(name) for name in ORDER if get(name).recognises(header)), None)
