"""A chart's spec as a Plotly figure: plain values, in one template made from the theme, light or dark.

What is drawn is what the SVG draws, from the same record. Plotly itself is not needed to make the figure, and only
`plotly` below imports it. A chart has no text of its own for screen readers: `layout.meta.alt` carries the spec's, and
whoever puts the figure on a page says it (`aria-label`) and keeps the table behind the chart beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.views import theme
from fitintel.views.charts.spec import Band, CalendarChart, Chart, Form, Gauge, GaugeChart, Panel, Series, TimeChart
from fitintel.views.dates import date_order, month_name, month_short, weekday, weekday_short
from fitintel.views.language import SOURCE, spoken
from fitintel.views.numbers import separators

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MS_PER_DAY = 86_400_000
"""Plotly measures widths on a time axis in milliseconds."""
BETWEEN = 0.1
"""of the figure's height, between two panels"""
SIDES = (5, 11, 15, 18, 21)
"""px. Side of a day's square for steps 0 to 4: size says the same as colour."""
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
"""How a page shows every figure: no row of buttons above it, as wide as its place. See `config`."""


def figure(chart: Chart, *, dark: bool = False) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}}`, ready for JSON; its template is inside."""
    palette = theme.DARK if dark else theme.LIGHT
    if isinstance(chart, GaugeChart):
        data, layout = _gauges(chart.gauges, palette)
    elif isinstance(chart, CalendarChart):
        data, layout = _calendar(chart, palette)
    else:
        data, layout = _time(chart, palette)
    meta = {"name": chart.name, "title": chart.title, "alt": chart.alt, "caption": chart.caption}
    return {"data": data, "layout": {**layout, "template": template(dark=dark), "meta": meta}}


def config() -> dict[str, Any]:
    """How a page shows every figure, with the names of days and months and the separators of the spoken language.

    >>> config() == CONFIG
    True
    """
    language = spoken()
    if language == SOURCE:
        return dict(CONFIG)
    marks = separators(language)
    sunday_first = [6, *range(6)]
    format = {
        "days": [weekday(place) for place in sunday_first],
        "shortDays": [weekday_short(place) for place in sunday_first],
        "months": [month_name(number) for number in range(1, 13)],
        "shortMonths": [month_short(number) for number in range(1, 13)], "date": "%d/%m/%Y",
        "dayMonthYear": date_order("yMMMd"), "dayMonth": date_order("MMMd"), "month": date_order("yMMM"),
        "decimal": marks["."], "thousands": marks[","],
    }  # fmt: skip
    return {**CONFIG, "locale": language, "locales": {language: {"dictionary": {}, "format": format}}}


def plotly(chart: Chart, *, dark: bool = False) -> Figure:
    """The same as an object of Plotly."""
    from plotly.graph_objects import Figure

    return Figure(figure(chart, dark=dark))


def template(*, dark: bool = False) -> dict[str, Any]:
    """The one template: type, colours, grid and margins of the theme."""
    palette = theme.DARK if dark else theme.LIGHT
    axis = {"gridcolor": palette.rule, "linecolor": palette.rule, "zerolinecolor": palette.muted, "zerolinewidth": 1,
            "tickfont": {"color": palette.muted, "size": 12}, "automargin": True}  # fmt: skip
    return {
        "layout": {
            "font": {"family": theme.SANS, "size": 13, "color": palette.ink},
            "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [palette.accent, palette.second, palette.quiet, palette.notice],
            "margin": {"l": 44, "r": 12, "t": 12, "b": 32}, "barmode": "overlay", "hovermode": "x unified",
            "hoverlabel": {"bgcolor": palette.surface, "bordercolor": palette.rule,
                           "font": {"family": theme.SANS, "color": palette.ink}},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom",
                       "font": {"color": palette.ink, "size": 12}},
            "xaxis": {**axis, "showgrid": False}, "yaxis": {**axis, "nticks": 5, "fixedrange": True},
        }
    }  # fmt: skip


def colour(role: str, palette: theme.Palette, opacity: float = 1.0) -> str:
    """A role of the theme as Plotly writes it.

    >>> colour("accent", theme.LIGHT), colour("second", theme.LIGHT, 0.24)
    ('#0b6b72', 'rgba(179,80,27,0.24)')
    """
    found: str = getattr(palette, role)
    if opacity == 1.0:
        return found
    return "rgba({},{},{},{:g})".format(*(int(found[i : i + 2], 16) for i in (1, 3, 5)), opacity)


def _time(chart: TimeChart, palette: theme.Palette) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    data: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"xaxis": {"type": "date", "anchor": "free", "position": 0}, "height": 300}
    room = 1 - BETWEEN * (len(chart.panels) - 1)
    whole = sum(panel.share for panel in chart.panels)
    top = 1.0
    for place, panel in enumerate(chart.panels):
        size = room * panel.share / whole
        axis = "y" if place == 0 else f"y{place + 1}"
        unit = {"title": {"text": panel.unit}} if panel.unit else {}
        layout[axis.replace("y", "yaxis")] = {**unit, "domain": [max(0.0, round(top - size, 6)), round(top, 6)],
                                              "rangemode": "tozero"}  # fmt: skip
        data += [_band(band, axis, palette) for band in panel.bands]
        seen: set[str] = set()
        data += [_series(series, panel, axis, palette, seen) for series in panel.series]
        shapes += [shape for mark in panel.marks for shape in _mark(mark.day, mark.low, mark.high, axis, palette)]
        top -= size + BETWEEN
    named = {trace["name"] for trace in data}
    return data, {**layout, "shapes": shapes, "showlegend": len(named) > 1}


def _series(
    series: Series, panel: Panel, axis: str, palette: theme.Palette, seen: set[str]
) -> dict[str, Any]:  # fmt: skip
    paint = colour(series.colour, palette)
    made: dict[str, Any] = {
        "name": series.name, "x": [days.iso(day) for day in series.day], "y": list(series.value), "yaxis": axis,
        "legendgroup": series.name, "showlegend": series.name not in seen,
        "hovertemplate": f"%{{y:,.{panel.decimals}f}} {panel.unit}".rstrip(),
    }  # fmt: skip
    seen.add(series.name)
    if series.form is Form.BARS:
        # a bar covers its days, so it begins at the first of them
        return made | {"type": "bar", "offset": 0, "width": series.width * MS_PER_DAY, "marker": {"color": paint}}
    if series.form is Form.DOTS:
        return made | {"type": "scatter", "mode": "markers", "marker": {"color": paint, "size": 7}}
    line: dict[str, Any] = {"color": paint, "width": 2.2} | ({"dash": "dash"} if series.dashed else {})
    if series.form is Form.STEPS and series.day:
        # the last step is as wide as the others
        made["x"].append(days.iso(series.day[-1] + int(series.width)))
        made["y"].append(series.value[-1])
        line["shape"] = "hv"
    return made | {"type": "scatter", "mode": "lines", "line": line, "connectgaps": False}


def _band(band: Band, axis: str, palette: theme.Palette) -> dict[str, Any]:
    return {
        "type": "bar", "name": band.name, "x": [days.iso(day) for day in band.day], "base": list(band.low),
        "y": [high - low for low, high in zip(band.low, band.high, strict=True)], "customdata": list(band.high),
        "offset": 0, "width": band.width * MS_PER_DAY, "yaxis": axis,
        "marker": {"color": colour(band.colour, palette, 0.24)},
        "hovertemplate": "%{base:,.0f} – %{customdata:,.0f}",
    }  # fmt: skip


def _mark(day: int, low: int, high: int, axis: str, palette: theme.Palette) -> list[dict[str, Any]]:
    span = {"xref": "x", "yref": f"{axis} domain", "y0": 0, "y1": 1}
    return [
        {**span, "type": "rect", "x0": days.iso(low), "x1": days.iso(max(high, low + 1)), "line": {"width": 0},
         "fillcolor": colour("second", palette, 0.16), "layer": "below"},
        {**span, "type": "line", "x0": days.iso(day), "x1": days.iso(day),
         "line": {"color": colour("second", palette), "width": 1, "dash": "dot"}},
    ]  # fmt: skip


def _gauges(gauges: tuple[Gauge, ...], palette: theme.Palette) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    names = [gauge.name for gauge in gauges]
    bar = {
        "type": "bar", "orientation": "h", "name": "", "y": names, "x": [gauge.value for gauge in gauges],
        "text": [gauge.text for gauge in gauges], "textposition": "auto", "hovertemplate": "%{y}: %{text}",
        "marker": {"color": colour("accent", palette)},
    }  # fmt: skip
    layout = {
        "xaxis": {"range": [0, 1], "tickformat": ".0%", "fixedrange": True}, "yaxis": {"autorange": "reversed"},
        "height": 60 + 44 * len(gauges), "showlegend": False, "hovermode": "closest",
    }  # fmt: skip
    return [bar], layout


def _calendar(chart: CalendarChart, palette: theme.Palette) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    data = []
    for step, name in [(None, "–"), (0, "0"), *enumerate(chart.steps, 1)]:
        cells = [cell for cell in chart.cells if cell.step == step]
        if not cells:
            continue
        paint = colour("quiet" if step is None else "rule" if step == 0 else f"step_{step}", palette)
        data.append({
            "type": "scatter", "mode": "markers", "name": name, "showlegend": bool(step),
            "x": [days.iso(days.week_start(cell.day)) for cell in cells],
            "y": [days.weekday(cell.day) for cell in cells],
            "customdata": [[days.iso(cell.day), cell.text] for cell in cells],
            "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
            "marker": {"symbol": "line-ew-open" if step is None else "square", "color": paint,
                       "size": 6 if step is None else SIDES[step]},
        })  # fmt: skip
    layout = {
        "xaxis": {"type": "date"}, "height": 280, "hovermode": "closest", "showlegend": True,
        "yaxis": {"autorange": "reversed", "tickvals": list(range(7)), "showgrid": False, "zeroline": False,
                  "ticktext": [name[:3] for name in days.WEEKDAYS]},
    }  # fmt: skip
    return data, layout
