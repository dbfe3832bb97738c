"""Weekly charts: the last two years with the forecast, all years with their lasting changes, the days ahead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.charts.series import Scale, column, days_of, scale
from fitintel.views.charts.spec import Band, Form, Mark, Panel, Series, Table, TimeChart
from fitintel.views.language import _, counted, marked
from fitintel.views.words.said import capital, subject

WEEK = 7
NARROW_WEEKS = 40
"""On a phone the last weeks only: a bar needs width to be seen."""
DAILY = {"distance": marked("distance"), "duration": marked("training time"), "load": marked("load")}
"""weekly quantity -> its name where it is told day by day"""


def _forecast(columns: Mapping[str, Any] | None, name: str, how: Scale) -> tuple[tuple[Series, ...], tuple[Band, ...]]:
    if columns is None or not len(columns[name]):
        return (), ()
    at, width = days_of(columns, name), WEEK if name == "week" else 1
    mean = Series(_("forecast"), Form.STEPS, "second", at, how.drawn(column(columns, "mean")), width)
    low, high = column(columns, "low"), column(columns, "high")
    if not all(map(numbers.known, low + high)):
        return (mean,), ()
    return (mean,), (Band(_("forecast interval"), "second", at, how.exact(low), how.exact(high), width),)


def _forecast_rows(columns: Mapping[str, Any] | None, name: str, how: Scale) -> tuple[tuple[str, ...], ...]:
    if columns is None:
        return ()
    rows = zip(days_of(columns, name), *(column(columns, part) for part in ("mean", "low", "high")), strict=True)
    return tuple(
        (numbers.date(day), how.text(mean), _("forecast, {range}", range=numbers.span(how.text(low), how.text(high))))
        for day, mean, low, high in rows
    )


def weeks(charts: Mapping[str, Any], main: str, units: UnitSystem) -> TimeChart | None:
    """The last weeks as bars, the forecast as a band after them."""
    columns = charts.get("weeks")
    if columns is None or not len(columns["week"]):
        return None
    how, what = scale(main, units), subject(main)
    starts, values = days_of(columns, "week"), column(columns, main)
    bars = Series(_("week"), Form.BARS, "step_2", starts, how.drawn(values), WEEK)
    ahead, bands = _forecast(charts.get("forecast"), "week", how)
    name = capital(what.name)
    told = {"subject": name, "day": numbers.date(starts[0])}
    said = counted("{subject}, {n} week from {day}: ", "{subject}, {n} weeks from {day}: ", len(starts), **told)
    present = [value for value in values if numbers.known(value)]
    if present:
        said = counted("{subject}, {n} week from {day}: between {least} and {most}, last {last}.",
                       "{subject}, {n} weeks from {day}: between {least} and {most}, last {last}.", len(starts), **told,
                       least=how.text(min(present)), most=how.text(max(present)),
                       last=how.text(values[-1]))  # fmt: skip
    if ahead:
        said = f"{said} {_('The forecast with its interval follows.')}"
    rows = tuple((numbers.date(day), how.text(value), "") for day, value in zip(starts, values, strict=True))
    return TimeChart(
        "weeks", name, said,
        (Panel(how.unit, (bars, *ahead), bands),),
        Table((_("Week of"), name, ""), (*_forecast_rows(charts.get("forecast"), "week", how), *rows[::-1])),
        wide=True, latest=NARROW_WEEKS * WEEK,
        caption=_("Bars: complete weeks. Line and band: forecast with its interval.") if ahead else
        _("Bars: complete weeks."),
    )  # fmt: skip


def history(charts: Mapping[str, Any], main: str, units: UnitSystem) -> TimeChart | None:
    """All weeks, the level between lasting changes, and when each change happened."""
    columns, changes = charts.get("history"), charts.get("change_points")
    if columns is None or changes is None or not len(columns["week"]) or not len(changes["day"]):
        return None
    how, what = scale(main, units), subject(main)
    starts, values = days_of(columns, "week"), column(columns, "value")
    at, low, high = (days_of(changes, name) for name in ("day", "low", "high"))
    levels = [column(changes, "before")[0], *column(changes, "after")]
    edges = (starts[0], *at, starts[-1] + WEEK)
    steps = tuple(
        Series(_("level between changes"), Form.LINE, "second", (start, end), how.drawn([level, level]))
        for start, end, level in zip(edges[:-1], edges[1:], levels, strict=True)
    )
    said = [numbers.short_date(day) for day in at]
    marks = tuple(map(Mark, said, at, low, high))
    told = "; ".join(_("{day} to {level}", day=day, level=how.text(level))
                     for day, level in zip(said, levels[1:], strict=True))  # fmt: skip
    rows = zip(said, low, high, column(changes, "before"), column(changes, "after"), strict=True)
    return TimeChart(
        "history", _("{subject}, all years", subject=capital(what.name)),
        counted("{subject} since {day}, with {n} lasting change: {changes}.",
                "{subject} since {day}, with {n} lasting changes: {changes}.", len(at), subject=capital(what.name),
                day=numbers.date(starts[0]), changes=told),
        (Panel(how.unit, (Series(_("week"), Form.BARS, "quiet", starts, how.drawn(values), WEEK), *steps), (), marks),),
        Table((_("Change"), _("Between"), _("Before"), _("After")),
              tuple((day, numbers.date_range(a, b), how.text(x), how.text(y)) for day, a, b, x, y in rows)),
        wide=True, caption=_("Bars: weeks. Line: level between lasting changes. Shaded: when the change happened."),
    )  # fmt: skip


def days_ahead(charts: Mapping[str, Any], main: str, units: UnitSystem) -> TimeChart | None:
    """The next days."""
    columns = charts.get("forecast_days")
    if columns is None or not len(columns["day"]):
        return None
    how, what = scale(main, units), subject(main)
    dots, bands = _forecast(columns, "day", how)
    name = _(DAILY[main]) if main in DAILY else what.name
    rows = _forecast_rows(columns, "day", how)
    return TimeChart(
        "days", _("{subject}, day by day", subject=capital(name)),
        _("Forecast of {subject} per day from {day}: {days}.", subject=name, day=rows[0][0],
          days="; ".join(f"{row[0]} {row[1]}" for row in rows)),
        (Panel(how.unit, dots, bands),), Table((_("Day"), capital(name), ""), rows),
        caption=_("Line: forecast. Band: its interval."),
    )  # fmt: skip
