"""Lines over an axis that is not time in days."""

from __future__ import annotations

import math

from fitintel.views.charts.plane import PlaneChart
from fitintel.views.svg import ticks
from fitintel.views.svg.marks import element, figure, number, path, text
from fitintel.views.theme import paint

LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 22.0, 38.0
HEIGHT = 230.0
MOST_POINTS = 900
"""More points than the drawing is wide say nothing; each of so many stretches keeps its lowest and highest."""


def draw(chart: PlaneChart, width: float) -> str:
    """The chart `width` px wide."""
    xs = [x for line in chart.lines for x in line.x]
    ys = [y for line in chart.lines for y in line.y if y is not None]
    if not xs or not ys:
        return figure(chart.name, width, 40.0, chart.title, chart.alt, "")
    marks = ticks.nice(0.0 if chart.from_zero else min(ys), max(ys), 4)
    across = ticks.nice(min(xs), max(xs), 4 if width < 500 else 8)
    named = chart.places or tuple((value, ticks.label(value, across)) for value in across)
    scale = math.log if chart.places else float
    low, high = scale(min(xs)), max(scale(max(xs)), scale(min(xs)) + 1e-9)

    def at(x: float, y: float) -> tuple[float, float]:
        return (LEFT + (scale(x) - low) / (high - low) * (width - LEFT - RIGHT),
                HEIGHT - BOTTOM - (y - marks[0]) / (marks[-1] - marks[0]) * (HEIGHT - TOP - BOTTOM))  # fmt: skip

    content = ""
    for value in marks:
        y = at(min(xs), value)[1]
        content += element("line", x1=LEFT, x2=width - RIGHT, y1=y, y2=y, stroke=paint("rule"), stroke_width=1.0)
        content += text(LEFT - 6, y + 4, ticks.label(value, marks), anchor="end", colour=paint("muted"))
    for value, words in named:
        if min(xs) <= value <= max(xs):
            content += text(at(value, marks[0])[0], HEIGHT - BOTTOM + 16, words, anchor="middle",
                            colour=paint("muted"))  # fmt: skip
    content += text(width - RIGHT, HEIGHT - 4, chart.x_name, anchor="end", colour=paint("muted"))
    content += text(LEFT - 6, 12, chart.y_name, anchor="start", colour=paint("muted"))
    for place, line in enumerate(chart.lines):
        points = [None if y is None else at(x, y) for x, y in _thinned(line.x, line.y)]
        more: dict[str, str | float] = {"stroke_dasharray": "3 3"} if line.dashed else {}
        content += element("path", d=path(points), fill="none", stroke=paint(line.colour), stroke_width=1.8, **more)
        if line.dots:
            content += element("path", d="".join(f"M{number(p[0] - 3)} {number(p[1])}h6" for p in points if p),
                               stroke=paint(line.colour), stroke_width=6.0)  # fmt: skip
        content += text(width - RIGHT, 12 + 15 * place, line.name, anchor="end", colour=paint(line.colour), bold=True)
    return figure(chart.name, width, HEIGHT, chart.title, chart.alt, content)


def _thinned(x: tuple[float, ...], y: tuple[float | None, ...]) -> list[tuple[float, float | None]]:
    points = list(zip(x, y, strict=True))
    if len(points) <= MOST_POINTS:
        return points
    size = -(-len(points) // (MOST_POINTS // 2))
    kept: list[tuple[float, float | None]] = []
    for begin in range(0, len(points), size):
        part = points[begin : begin + size]
        known = [(value, place) for place, (_, value) in enumerate(part) if value is not None]
        if len(known) < len(part):
            kept.append((part[0][0], None))
        kept += [part[place] for place in sorted({min(known)[1], max(known)[1]})] if known else []
    return kept
