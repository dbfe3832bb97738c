"""Charts over something else than days: minutes of a workout, metres of a distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fitintel.views import theme
from fitintel.views.charts.figure import colour, template
from fitintel.views.charts.spec import Table


@dataclass(frozen=True, slots=True)
class Line:
    """Points joined in order; the line breaks where a value is missing. `colour` is a role of the theme."""

    name: str
    colour: str
    x: tuple[float, ...]
    y: tuple[float | None, ...]
    dashed: bool = False
    dots: bool = False


@dataclass(frozen=True, slots=True)
class PlaneChart:
    """Lines over one axis; `marks` are named places on it."""

    name: str
    title: str
    alt: str
    x_name: str
    y_name: str
    lines: tuple[Line, ...]
    table: Table
    marks: tuple[tuple[float, str], ...] = ()
    wide: bool = True
    caption: str = ""
    from_zero: bool = False
    places: tuple[tuple[float, str], ...] = ()
    """where the axis is marked, with words; an axis that has these is logarithmic"""


def figure(chart: PlaneChart, *, dark: bool = False) -> dict[str, Any]:
    """The chart as a figure of Plotly, in the one template."""
    palette = theme.DARK if dark else theme.LIGHT
    data = [
        {"type": "scatter", "mode": "lines+markers" if line.dots else "lines", "name": line.name, "x": list(line.x),
         "y": list(line.y), "connectgaps": False, "hovertemplate": f"%{{y:,.1f}} {chart.y_name}",
         "line": {"color": colour(line.colour, palette), "width": 1.4 if line.dashed else 1.9,
                  **({"dash": "dot"} if line.dashed else {})}}
        for line in chart.lines
    ]  # fmt: skip
    layout = {
        "template": template(dark=dark), "height": 260, "showlegend": len(chart.lines) > 1,
        "xaxis": {"title": {"text": chart.x_name}, **_axis(chart)},
        "yaxis": {"title": {"text": chart.y_name}, **({"rangemode": "tozero"} if chart.from_zero else {})},
        "meta": {"name": chart.name, "title": chart.title, "alt": chart.alt, "caption": chart.caption},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _axis(chart: PlaneChart) -> dict[str, Any]:
    if not chart.places:
        return {"type": "linear"}
    return {"type": "log", "tickmode": "array", "tickvals": [at for at, _words in chart.places],
            "ticktext": [words for _at, words in chart.places]}  # fmt: skip
