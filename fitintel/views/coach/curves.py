"""Charts of the athlete page beside those of the brief: load with its forecast, and records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fitintel.core.records import Brief
from fitintel.core.units import UnitSystem, shown
from fitintel.views import dates, numbers
from fitintel.views.charts import body
from fitintel.views.charts.plane import Line, PlaneChart
from fitintel.views.charts.spec import Band, Form, Series, Table, TimeChart
from fitintel.views.language import _

WEEK = 7


def load(brief: Brief, units: UnitSystem) -> TimeChart | None:
    """Load as the brief draws it, with the forecast of the chronic load and its interval at its end."""
    chart = body.load(brief.charts, units)
    ahead = next((one.values for one in brief.insights if one.code.startswith("forecast_level") and
                  one.values.get("subject") == "ctl" and numbers.known(one.values.get("low"))), None)  # fmt: skip
    if chart is None or ahead is None:
        return chart
    upper = chart.panels[0]
    last = upper.series[-1]
    week = int(ahead["week"])
    line = Series(_("forecast of CTL"), Form.LINE, "second", (last.day[-1], week + WEEK - 1),
                  (last.value[-1], float(ahead["mean"])), dashed=True)  # fmt: skip
    name = _("{share} interval", share=numbers.percent(ahead["nominal"]))
    band = Band(name, "second", (week,), (float(ahead["low"]),), (float(ahead["high"]),), WEEK)
    row = (_("{day}, forecast", day=dates.date(week + WEEK - 1)),
           numbers.span(numbers.plain(ahead["low"]), numbers.plain(ahead["high"])), "", "")  # fmt: skip
    told = _("Forecast of CTL at the end of {day}: {mean}, {share} interval {low} to {high}.",
             day=dates.short_date(week + WEEK - 1), mean=numbers.plain(ahead["mean"]),
             share=numbers.percent(ahead["nominal"]), low=numbers.plain(ahead["low"]),
             high=numbers.plain(ahead["high"]))  # fmt: skip
    panel = replace(upper, series=(*upper.series, line), bands=(band,))
    return replace(chart, panels=(panel, *chart.panels[1:]), alt=f"{chart.alt} {told}", wide=True,
                   table=replace(chart.table, rows=(row, *chart.table.rows)))  # fmt: skip


def records(found: Mapping[str, Any], units: UnitSystem) -> tuple[PlaneChart | None, Table]:
    """Best mean speed over each distance, ever and in the last year, and the same as a table."""
    distances: Sequence[float] = found["distances"]
    how, far = shown("speed", units), shown("distance", units)
    names = {"all": _("ever"), "year": _("last year")}
    lines, rows = [], []
    for name, colour in (("all", "quiet"), ("year", "accent")):
        best = found["windows"][name]["best"]
        if any(value is not None for value in best):
            shown_best = tuple(None if value is None else value / how.si for value in best)
            lines.append(Line(names[name], colour, tuple(value / far.si for value in distances), shown_best, dots=True))
    for place, distance in enumerate(distances):
        cells = [_record(found["windows"][name], place, found["on_foot"], units) for name in ("all", "year")]
        if any(cells):
            rows.append((numbers.quantity(distance, "distance", units), *cells))
    table = Table((_("At least"), _("Fastest ever"), _("Fastest of the last year")), tuple(rows))
    if not lines:
        return None, table
    told = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    return PlaneChart("records", _("Records by distance"), _("Fastest mean over a distance: {list}.", list=told),
                      far.unit, how.unit, tuple(lines), table,
                      caption=_("Mean of whole workouts at least that long; none with a flag.")), table  # fmt: skip


def _record(window: Mapping[str, Any], place: int, on_foot: bool, units: UnitSystem) -> str:
    value, day = window["best"][place], window["day"][place]
    if value is None or not value:
        return ""
    speed = numbers.pace(1 / value, units) if on_foot else numbers.quantity(value, "speed", units)
    return f"{speed}, {dates.short_date(int(day))}"
