"""How an algorithm fares, night by night: one chart a figure, with its interval where a share has one."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.performance import Point
from fitintel.views import numbers
from fitintel.views.charts.spec import Band, Form, Panel, Series, Table, TimeChart
from fitintel.views.language import _, marked

LATEST = 90
"""d. Shown where there is little room."""
SHARES = {
    "coverage": marked("Truths inside the forecast interval"),
    "label_agreement": marked("Labels that it had said before"),
    "alert_precision": marked("Answered alerts that were confirmed"),
    "insufficient_share": marked("Runs with too little data"),
}
"""figure between 0 and 1 -> what it is"""
OTHERS = {
    "error_distance": (marked("Error of forecasts"), "km", 1000.0),
    "error_duration": (marked("Error of forecasts"), "h", 3600.0),
    "latency_p95": (marked("Time of the slowest twentieth of runs"), "ms", 1e-3),
}
"""figure -> (what it is, unit, size of the unit in SI)"""
DRIFT = "psi/"


def performance_charts(points: Sequence[Point]) -> tuple[TimeChart, ...]:
    """Charts of one algorithm's points, oldest first: of each figure that at least one night has."""
    made = [_share(name, title, points) for name, title in SHARES.items()]
    made += [_other(name, title, unit, si, points) for name, (title, unit, si) in OTHERS.items()]
    return tuple(chart for chart in (*made, _drift(points)) if chart is not None)


def _share(name: str, title: str, points: Sequence[Point]) -> TimeChart | None:
    series = _series(_("share"), "accent", name, points)
    if series is None:
        return None
    known = [point for point in points if f"{name}_low" in point.figures and f"{name}_high" in point.figures]
    bands = (Band(_("95 % interval"), "accent", tuple(point.day for point in known),
                  tuple(point.figures[f"{name}_low"] for point in known),
                  tuple(point.figures[f"{name}_high"] for point in known)),) if known else ()  # fmt: skip
    promised = _series(_("promised"), "quiet", "nominal", points, dashed=True) if name == "coverage" else None
    rows = tuple(
        (numbers.date(point.day), numbers.percent(point.figures[name]), _range(name, point), _cases(name, point))
        for point in reversed(points)
        if name in point.figures
    )
    columns = (_("Day"), _(title), _("95 % interval"), _("Cases"))
    return _chart(name, title, (series, *([promised] if promised else [])), bands, "1", 2, Table(columns, rows))


def _range(name: str, point: Point) -> str:
    low, high = (point.figures.get(f"{name}_{end}") for end in ("low", "high"))
    return "" if low is None or high is None else numbers.span(numbers.percent(low), numbers.percent(high))


def _cases(name: str, point: Point) -> str:
    n = point.figures.get("runs" if name == "insufficient_share" else f"{name}_n")
    return "" if n is None else numbers.plain(n)


def _other(name: str, title: str, unit: str, si: float, points: Sequence[Point]) -> TimeChart | None:
    series = _series(_(title), "accent", name, points, si=si)
    if series is None:
        return None
    rows = tuple((numbers.date(day), f"{numbers.plain(value, 2)} {unit}")
                 for day, value in zip(reversed(series.day), reversed(series.value), strict=True)
                 if value is not None)  # fmt: skip
    return _chart(name, title, (series,), (), unit, 1, Table((_("Day"), _(title)), rows))


def _drift(points: Sequence[Point]) -> TimeChart | None:
    """The largest index of any input, and what chance makes of it in a fleet of that size."""
    largest = [Point(point.algorithm, point.day, {**point.figures, "psi": max(found)}) for point in points
               if (found := [value for name, value in point.figures.items() if name.startswith(DRIFT)])]  # fmt: skip
    series = _series(_("largest index of an input"), "accent", "psi", largest)
    if series is None:
        return None
    chance = _series(_("by chance in 1 of 20"), "quiet", "psi_by_chance", largest, dashed=True)
    rows = tuple((numbers.date(point.day), numbers.plain(point.figures["psi"], 2)) for point in reversed(largest))
    title = marked("Drift of inputs")
    return _chart("drift", title, (series, *([chance] if chance else [])), (), "1", 2,
                  Table((_("Day"), _("largest index of an input")), rows))  # fmt: skip


def _series(
    name: str, colour: str, figure: str, points: Sequence[Point], *, si: float = 1.0, dashed: bool = False
) -> Series | None:
    values = tuple(point.figures[figure] / si if figure in point.figures else None for point in points)
    if not any(value is not None for value in values):
        return None
    return Series(name, Form.LINE, colour, tuple(point.day for point in points), values, dashed=dashed)


def _chart(
    name: str, title: str, series: tuple[Series, ...], bands: tuple[Band, ...], unit: str, decimals: int, table: Table
) -> TimeChart:
    first, last = series[0].day[0], series[0].day[-1]
    said = _("{title}, {first} to {last}: last {value}.",
             title=_(title), first=numbers.date(first), last=numbers.date(last), value=table.rows[0][1])  # fmt: skip
    return TimeChart(
        name, _(title), said, (Panel(unit, series, bands, decimals=decimals),), table,
        latest=LATEST if last - first > LATEST else None,
        caption=_("Band: 95 % interval of the share.") if bands else "",
    )  # fmt: skip
