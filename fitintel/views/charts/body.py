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
from fitintel.views.language import SOURCE, _, counted, spoken
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
        "load", _("Long-term load, short-term load and balance"),
        counted("Long-term load (CTL), short-term load (ATL) and balance (TSB), {n} day to {day}: CTL from {ctl} to "
                "{ctl_now}, ATL from {atl} to {atl_now}, TSB now {tsb}.",
                "Long-term load (CTL), short-term load (ATL) and balance (TSB), {n} days to {day}: CTL from {ctl} to "
                "{ctl_now}, ATL from {atl} to {atl_now}, TSB now {tsb}.", len(days), day=numbers.date(days[-1]),
                ctl=numbers.plain(ctl[0]), ctl_now=numbers.plain(ctl[-1]), atl=numbers.plain(atl[0]),
                atl_now=numbers.plain(atl[-1]), tsb=numbers.plain(tsb[-1])),
        (
            Panel("", (Series(_("Short-term load (ATL)"), Form.LINE, "second", days, atl),
                       Series(_("Long-term load (CTL)"), Form.LINE, "accent", days, ctl)), share=0.66),
            Panel("", (Series(_("Balance (TSB)"), Form.BARS, "quiet", days, tsb),), share=0.34),
        ),
        Table((_("Day"), "CTL", "ATL", "TSB"), rows),
        caption=_("Above: load over 42 days (CTL) and 7 days (ATL). Below: balance (TSB)."),
    )  # fmt: skip


def parts(values: Mapping[str, Any]) -> GaugeChart | None:
    """The parts of the consistency score."""
    gauges = tuple(
        Gauge(_(name), float(values[part]), numbers.percent(values[part]))
        for part, name in PARTS.items()
        if numbers.known(values.get(part))
    )
    if not gauges:
        return None
    lower = str.lower if spoken() == SOURCE else str  # German writes its nouns large wherever they stand
    told = "; ".join(f"{lower(gauge.name)} {gauge.text}" for gauge in gauges)
    return GaugeChart(
        "parts", _("What the score is made of"), _("Parts of the consistency score: {parts}.", parts=told), gauges,
        Table((_("Part"), _("Value")), tuple((gauge.name, gauge.text) for gauge in gauges)),
    )  # fmt: skip


def calendar(charts: Mapping[str, Any], units: UnitSystem) -> CalendarChart | None:
    """The last weeks, one cell a day, darker and larger with training time."""
    columns = charts.get("calendar")
    if columns is None or not len(columns["day"]):
        return None
    days, durations = days_of(columns, "day"), column(columns, "duration")
    cells = tuple(_cell(day, value) for day, value in zip(days, durations, strict=True))
    trained = [cell for cell in cells if cell.step]
    limits = [numbers.clock(limit) for limit in STEPS]
    steps = (_("under {limit}", limit=limits[0]), _("to {limit}", limit=limits[1]), _("to {limit}", limit=limits[2]),
             _("more"))  # fmt: skip
    return CalendarChart(
        "calendar", _("Training days"),
        counted("Training time per day, {all} to {day}: training on {n} day.",
                "Training time per day, {all} to {day}: training on {n} days.", len(trained),
                all=counted("{n} day", "{n} days", len(days)), day=numbers.date(days[-1])),
        cells, steps,
        Table((_("Day"), _("Training time")), tuple((numbers.date(cell.day), cell.text) for cell in cells[::-1])),
    )  # fmt: skip


def _cell(day: int, duration: Any) -> Cell:
    if not numbers.known(duration):
        return Cell(day, None, _("missing"))
    if duration <= 0:
        return Cell(day, 0, _("no training"))
    return Cell(day, 1 + sum(duration >= limit for limit in STEPS), numbers.clock(duration))
