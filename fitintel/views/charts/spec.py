"""What a chart says, before anything is drawn: frozen records with values in the reader's units.

One spec feeds the SVG, the table behind the chart and JSON. A time chart has days on its x axis; a gauge chart has one
bar per name; a calendar has one cell per day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """How a series is drawn."""

    BARS = "bars"
    LINE = "line"
    STEPS = "steps"
    DOTS = "dots"


@dataclass(frozen=True, slots=True)
class Series:
    """One series; `colour` is a role of the theme. A missing value is None."""

    name: str
    form: Form
    colour: str
    day: tuple[int, ...]
    value: tuple[float | None, ...]
    width: float = 1.0
    """d. How many days a bar covers."""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """An interval over time."""

    name: str
    colour: str
    day: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with a name, and the interval in which it lies."""

    name: str
    day: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Table:
    """The figures behind a chart, as text with units."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot area: series and bands over a common value axis."""

    unit: str
    series: tuple[Series, ...]
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    share: float = 1.0
    """of the chart's height"""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Panels over one time axis. `latest` days are shown where there is little room (None: all)."""

    name: str
    title: str
    alt: str
    panels: tuple[Panel, ...]
    table: Table
    wide: bool = False
    latest: int | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One bar from 0 to 1."""

    name: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class GaugeChart:
    """Shares, one bar each."""

    name: str
    title: str
    alt: str
    gauges: tuple[Gauge, ...]
    table: Table
    wide: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a calendar; `step` 0 is rest, 1 to 4 little to much, None missing."""

    day: int
    step: int | None
    text: str


@dataclass(frozen=True, slots=True)
class CalendarChart:
    """Weeks as columns, weekdays as rows."""

    name: str
    title: str
    alt: str
    cells: tuple[Cell, ...]
    steps: tuple[str, ...]
    """names of the steps 1 to 4"""
    table: Table
    wide: bool = False
    caption: str = ""


Chart = TimeChart | GaugeChart | CalendarChart


def as_dict(chart: Chart) -> dict[str, Any]:
    """Plain values, for JSON."""
    return {"kind": type(chart).__name__, **_fields(chart)}


def _fields(record: Any) -> dict[str, Any]:
    # dataclasses.asdict copies each number of each series
    return {name: _value(getattr(record, name)) for name in record.__dataclass_fields__}


def _value(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    if isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
        return tuple(map(_fields, value))
    return value
