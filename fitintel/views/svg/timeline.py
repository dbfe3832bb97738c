"""Time charts: bars, lines, steps, bands and marks over days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fitintel.views.charts.spec import Band, Form, Panel, Series, TimeChart
from fitintel.views.svg import ticks
from fitintel.views.svg.marks import element, figure, number, path, text
from fitintel.views.theme import paint

LEFT, RIGHT, TOP, BOTTOM, BETWEEN = 38.0, 10.0, 20.0, 22.0, 18.0
TICK_WIDTH = 62.0
"""px. Room that one label of the time axis needs; `Wed 8` needs less."""
DAY_WIDTH = 42.0
LETTER = 7.0
"""px. Room of a letter of a name at the end of a line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a panel stands and how values become coordinates."""

    x: Callable[[float], float]
    y: Callable[[float], float]
    left: float
    right: float
    top: float
    bottom: float
    zero: float


def draw(chart: TimeChart, width: float, *, narrow: bool = False) -> str:
    """The chart `width` px wide."""
    panels = chart.panels
    if narrow and chart.latest:
        panels = tuple(_latest(panel, chart.latest) for panel in panels)
    first, last = _span(panels)
    height = (190.0 if narrow else 250.0 if chart.wide else 210.0) + (70.0 if len(panels) > 1 else 0.0)
    room = height - TOP - BOTTOM - BETWEEN * (len(panels) - 1)
    left, right = LEFT, width - RIGHT - _end_labels(panels)

    def x(day: float) -> float:
        return left + (day - first) / max(1, last - first) * (right - left)

    content, top = "", TOP
    for panel in panels:
        size = room * panel.share / sum(other.share for other in panels)
        content += _panel(panel, x, left, right, top, top + size)
        top += size + BETWEEN
    content += _time_axis(first, last, x, left, right, height, width)
    return figure(chart.name, width, height, chart.title, chart.alt, content)


def _latest(panel: Panel, count: int) -> Panel:
    """Only the last `count` days of the data; what is forecast stays."""
    since = max(series.day[-1] for series in panel.series if series.form is Form.BARS) - count

    def cut(series: Series) -> Series:
        kept = [(day, value) for day, value in zip(series.day, series.value, strict=True) if day > since]
        return replace(series, day=tuple(day for day, _ in kept), value=tuple(value for _, value in kept))

    return replace(panel, series=tuple(series for series in map(cut, panel.series) if series.day))


def _span(panels: tuple[Panel, ...]) -> tuple[float, float]:
    firsts = [series.day[0] for panel in panels for series in panel.series]
    lasts = [series.day[-1] + (series.width if series.form in (Form.BARS, Form.STEPS) else 0)
             for panel in panels for series in panel.series]  # fmt: skip
    return float(min(firsts)), float(max(lasts))


def _end_labels(panels: tuple[Panel, ...]) -> float:
    """Room at the right for the names of lines, where there are several."""
    names = [short(series.name) for panel in panels for series in _named(panel)]
    return 10.0 + LETTER * max(map(len, names)) if names else 0.0


def short(name: str) -> str:
    """A line's name at its end: what stands in brackets, where something does.

    >>> short("Long-term load (CTL)"), short("forecast")
    ('CTL', 'forecast')
    """
    return name.rpartition("(")[2].removesuffix(")") if name.endswith(")") else name


def _named(panel: Panel) -> list[Series]:
    lines = [series for series in panel.series if series.form is Form.LINE]
    return lines if len({series.name for series in lines}) > 1 else []


def _panel(
    panel: Panel, x: Callable[[float], float], left: float, right: float, top: float, bottom: float
) -> str:  # fmt: skip
    values = [value for series in panel.series for value in series.value if value is not None]
    values += [value for band in panel.bands for value in (*band.low, *band.high)]
    marks = ticks.nice(min([0.0, *values]), max([0.0, *values]) or 1.0, 4 if bottom - top > 90 else 2)

    def y(value: float) -> float:
        return bottom - (value - marks[0]) / (marks[-1] - marks[0]) * (bottom - top)

    place = Place(x, y, left, right, top, bottom, y(0.0))
    content = ""
    for value in marks:
        strong = value == 0
        content += element("line", x1=left, x2=right, y1=y(value), y2=y(value),
                           stroke=paint("muted" if strong else "rule"), stroke_width=1.0)  # fmt: skip
        content += text(left - 6, y(value) + 4, ticks.label(value, marks), anchor="end", colour=paint("muted"))
    if panel.unit:
        content += text(left - 6, top - 9, panel.unit, anchor="end", colour=paint("muted"))
    content += "".join(_mark(mark.low, mark.high, mark.day, place) for mark in panel.marks)
    content += "".join(_band(band, place) for band in panel.bands)
    content += "".join(_series(series, place) for series in panel.series)
    return content + _names(panel, place)


def _mark(low: float, high: float, day: float, place: Place) -> str:
    begin, end = max(place.x(low), place.left), max(place.x(high), place.x(low) + 2)
    shade = element("rect", x=begin, y=place.top, width=max(2.0, end - begin), height=place.bottom - place.top,
                    fill=paint("second"), fill_opacity="0.16")  # fmt: skip
    line = element("line", x1=place.x(day), x2=place.x(day), y1=place.top, y2=place.bottom, stroke=paint("second"),
                   stroke_width=1.0, stroke_dasharray="3 3")  # fmt: skip
    return shade + line


def _band(band: Band, place: Place) -> str:
    content = ""
    for day, low, high in zip(band.day, band.low, band.high, strict=True):
        width = place.x(day + band.width) - place.x(day) - 1
        content += element("rect", x=place.x(day) + 0.5, y=place.y(high), width=max(1.0, width),
                           height=max(1.0, place.y(low) - place.y(high)), fill=paint(band.colour),
                           fill_opacity="0.24")  # fmt: skip
    return content


def _series(series: Series, place: Place) -> str:
    points = [(day, value) for day, value in zip(series.day, series.value, strict=True)]
    if series.form is Form.BARS:
        # one path for all bars: a tenth of the size of one element each
        gap = 1.0 if place.x(series.width) - place.x(0) > 4 else 0.0
        data = "".join(
            f"M{number(place.x(day) + gap / 2)} {number(place.zero)}V{number(place.y(value))}"
            f"H{number(place.x(day + series.width) - gap / 2)}V{number(place.zero)}Z"
            for day, value in points if value
        )  # fmt: skip
        return element("path", d=data, fill=paint(series.colour)) if data else ""
    if series.form is Form.STEPS:
        data = "".join(
            f"M{number(place.x(day) + 0.5)} {number(place.y(value))}H{number(place.x(day + series.width) - 0.5)}"
            for day, value in points if value is not None
        )  # fmt: skip
    else:
        data = path(None if value is None else (place.x(day), place.y(value)) for day, value in points)
    return element("path", d=data, fill="none", stroke=paint(series.colour), stroke_width=2.2, stroke_linejoin="round",
                   stroke_linecap="butt") if data else ""  # fmt: skip


def _names(panel: Panel, place: Place) -> str:
    """Names of several lines at their ends, kept apart."""
    ends = (
        sorted((place.y(series.value[-1] or 0.0), series) for series in _named(panel) if series.value)
        if _named(panel)
        else []
    )
    content, lowest = "", place.top
    for at, series in ends:
        lowest = max(at + 4, lowest)
        content += text(place.right + 6, lowest, short(series.name), colour=paint(series.colour), bold=True)
        lowest += 14
    return content


def _time_axis(
    first: float, last: float, x: Callable[[float], float], left: float, right: float, height: float, width: float
) -> str:  # fmt: skip
    content = ""
    daily = last - first <= 21
    room = DAY_WIDTH if daily else TICK_WIDTH
    found = ticks.calendar(int(first), int(last) - daily, max(2, int((right - left) / room)))
    for day, words in found:
        at = x(day + 0.5 if daily else day)
        if not daily:
            content += element("line", x1=at, x2=at, y1=height - BOTTOM, y2=height - BOTTOM + 4, stroke=paint("muted"))
        if left - 1 <= at <= right + 1:
            content += text(min(at, width - 18), height - 5, words, anchor="middle", colour=paint("muted"))
    return content
