"""Weekly charts: the last two years with the forecast, all years with their lasting changes, the days ahead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core import days
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.charts.series import Scale, column, days_of, scale
from fitintel.views.charts.spec import Band, Form, Mark, Panel, Series, Table, TimeChart
from fitintel.views.words.said import capital, subject

WEEK = 7
NARROW_WEEKS = 40
"""On a phone the last weeks only: a bar needs width to be seen."""


def _forecast(columns: Mapping[str, Any] | None, name: str, how: Scale) -> tuple[tuple[Series, ...], tuple[Band, ...]]:
    if columns is None or not len(columns[name]):
        return (), ()
    at, width = days_of(columns, name), WEEK if name == "week" else 1
    mean = Series("forecast", Form.STEPS, "second", at, how.drawn(column(columns, "mean")), width)
    low, high = column(columns, "low"), column(columns, "high")
    if not all(map(numbers.known, low + high)):
        return (mean,), ()
    return (mean,), (Band("forecast interval", "second", at, how.exact(low), how.exact(high), width),)


def _forecast_rows(columns: Mapping[str, Any] | None, name: str, how: Scale) -> tuple[tuple[str, ...], ...]:
    if columns is None:
        return ()
    rows = zip(days_of(columns, name), *(column(columns, part) for part in ("mean", "low", "high")), strict=True)
    return tuple(
        (numbers.date(day), how.text(mean), f"forecast, {how.text(low)}{numbers.TO}{how.text(high)}")
        for day, mean, low, high in rows
    )


def weeks(charts: Mapping[str, Any], main: str, units: UnitSystem) -> TimeChart | None:
    """The last weeks as bars, the forecast as a band after them."""
    columns = charts.get("weeks")
    if columns is None or not len(columns["week"]):
        return None
    how, what = scale(main, units), subject(main)
    starts, values = days_of(columns, "week"), column(columns, main)
    bars = Series("week", Form.BARS, "step_2", starts, how.drawn(values), WEEK)
    ahead, bands = _forecast(charts.get("forecast"), "week", how)
    said = f"{capital(what.name)}, {numbers.count(len(starts), 'week')} from {numbers.date(starts[0])}: "
    present = [value for value in values if numbers.known(value)]
    if present:
        said += f"between {how.text(min(present))} and {how.text(max(present))}, last {how.text(values[-1])}."
    rows = tuple((numbers.date(day), how.text(value), "") for day, value in zip(starts, values, strict=True))
    return TimeChart(
        "weeks", f"{capital(what.name)}", said + (" The forecast with its interval follows." if ahead else ""),
        (Panel(how.unit, (bars, *ahead), bands),),
        Table(("Week of", capital(what.name), ""), (*_forecast_rows(charts.get("forecast"), "week", how), *rows[::-1])),
        wide=True, latest=NARROW_WEEKS * WEEK,
        caption="Bars: complete weeks." + (" Line and band: forecast with its interval." if ahead else ""),
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
        Series("level between changes", Form.LINE, "second", (start, end), how.drawn([level, level]))
        for start, end, level in zip(edges[:-1], edges[1:], levels, strict=True)
    )
    marks = tuple(Mark(days.said(day), day, first, last) for day, first, last in zip(at, low, high, strict=True))
    told = "; ".join(f"{days.said(day)} to {how.text(level)}" for day, level in zip(at, levels[1:], strict=True))
    rows = zip(at, low, high, column(changes, "before"), column(changes, "after"), strict=True)
    return TimeChart(
        "history", f"{capital(what.name)}, all years",
        f"{capital(what.name)} since {numbers.date(starts[0])}, "
        f"with {numbers.count(len(at), 'lasting change')}: {told}.",
        (Panel(how.unit, (Series("week", Form.BARS, "quiet", starts, how.drawn(values), WEEK), *steps), (), marks),),
        Table(("Change", "Between", "Before", "After"),
              tuple((days.said(day), numbers.date_range(a, b), how.text(x), how.text(y)) for day, a, b, x, y in rows)),
        wide=True, caption="Bars: weeks. Line: level between lasting changes. Shaded: when the change happened.",
    )  # fmt: skip


def days_ahead(charts: Mapping[str, Any], main: str, units: UnitSystem) -> TimeChart | None:
    """The next days."""
    columns = charts.get("forecast_days")
    if columns is None or not len(columns["day"]):
        return None
    how, what = scale(main, units), subject(main)
    dots, bands = _forecast(columns, "day", how)
    name = what.name.removeprefix("weekly ")
    rows = _forecast_rows(columns, "day", how)
    return TimeChart(
        "days", f"{capital(name)}, day by day",
        f"Forecast of {name} per day from {rows[0][0]}: " + "; ".join(f"{day} {text}" for day, text, _ in rows) + ".",
        (Panel(how.unit, dots, bands),), Table(("Day", capital(name), ""), rows),
        caption="Line: forecast. Band: its interval.",
    )  # fmt: skip
