"""Charts of load, of the parts of consistency, and of the last twelve weeks day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.charts.series import column, days_of
from fitintel.views.charts.spec import (
    CalendarChart,
    Cell,
    Form,
    Gauge,
    GaugeChart,
    Panel,
    Series,
    Table,
    TimeChart,
)
from fitintel.views.words.consistency import PARTS

STEPS = (1800.0, 3600.0, 5400.0)
"""s. Where a day's training time goes up a step in the calendar: half an hour, an hour, an hour and a half."""


def load(charts: Mapping[str, Any], units: UnitSystem) -> TimeChart | None:
    """Long- and short-term load above, their balance below."""
    columns = charts.get("load")
    if columns is None or not len(columns["day"]):
        return None
    days = days_of(columns, "day")
    ctl, atl, tsb = (tuple(map(float, column(columns, name))) for name in ("ctl", "atl", "tsb"))
    rows = tuple(
        (numbers.date(day), *map(numbers.plain, values))
        for day, *values in list(zip(days, ctl, atl, tsb, strict=True))[::-7]
    )
    return TimeChart(
        "load", "Long-term load, short-term load and balance",
        "Long-term load (CTL), short-term load (ATL) and balance (TSB), "
        f"{numbers.count(len(days), 'day')} to {numbers.date(days[-1])}: "
        f"CTL from {numbers.plain(ctl[0])} to {numbers.plain(ctl[-1])}, ATL from {numbers.plain(atl[0])} to "
        f"{numbers.plain(atl[-1])}, TSB now {numbers.plain(tsb[-1])}.",
        (
            Panel("", (Series("Short-term load (ATL)", Form.LINE, "second", days, atl),
                       Series("Long-term load (CTL)", Form.LINE, "accent", days, ctl)), share=0.66),
            Panel("", (Series("Balance (TSB)", Form.BARS, "quiet", days, tsb),), share=0.34),
        ),
        Table(("Day", "CTL", "ATL", "TSB"), rows),
        caption="Above: load over 42 days (CTL) and 7 days (ATL). Below: balance (TSB).",
    )  # fmt: skip


def parts(values: Mapping[str, Any]) -> GaugeChart | None:
    """The parts of the consistency score."""
    gauges = tuple(
        Gauge(name, float(values[part]), numbers.percent(values[part]))
        for part, name in PARTS.items()
        if numbers.known(values.get(part))
    )
    if not gauges:
        return None
    told = "; ".join(f"{gauge.name.lower()} {gauge.text}" for gauge in gauges)
    return GaugeChart("parts", "What the score is made of", f"Parts of the consistency score: {told}.", gauges,
                      Table(("Part", "Value"), tuple((gauge.name, gauge.text) for gauge in gauges)))  # fmt: skip


def calendar(charts: Mapping[str, Any], units: UnitSystem) -> CalendarChart | None:
    """The last weeks, one cell a day, darker and larger with training time."""
    columns = charts.get("calendar")
    if columns is None or not len(columns["day"]):
        return None
    days, durations = days_of(columns, "day"), column(columns, "duration")
    cells = tuple(_cell(day, value) for day, value in zip(days, durations, strict=True))
    trained = [cell for cell in cells if cell.step]
    limits = [numbers.clock(limit) for limit in STEPS]
    steps = (f"under {limits[0]}", f"to {limits[1]}", f"to {limits[2]}", "more")
    return CalendarChart(
        "calendar", "Training days",
        f"Training time per day, {numbers.count(len(days), 'day')} to {numbers.date(days[-1])}: training on "
        f"{numbers.count(len(trained), 'day')}.",
        cells, steps,
        Table(("Day", "Training time"), tuple((numbers.date(cell.day), cell.text) for cell in cells[::-1])),
    )  # fmt: skip


def _cell(day: int, duration: Any) -> Cell:
    if not numbers.known(duration):
        return Cell(day, None, "missing")
    if duration <= 0:
        return Cell(day, 0, "no training")
    return Cell(day, 1 + sum(duration >= limit for limit in STEPS), numbers.clock(duration))
