"""Small drawings that stand in a row of a table: the last weeks, and a value in its own usual range."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.views.svg.marks import element, figure
from fitintel.views.theme import paint

WIDTH, HEIGHT, GAP = 112.0, 32.0, 2.0


def weeks(name: str, values: Sequence[float | None], said: str, title: str) -> str:
    """One bar a week, the latest strong; a week of which nothing is known is a short line, one of nothing a dot."""
    known = [value for value in values if value is not None]
    most = max([*known, 0.0]) or 1.0
    size = WIDTH / max(1, len(values))
    content = ""
    for place, value in enumerate(values):
        x = place * size + GAP / 2
        latest = place == len(values) - 1
        if value is None:
            content += element("path", d=f"M{x:.1f} {HEIGHT - 2:.1f}h{size - GAP:.1f}", stroke=paint("quiet"),
                               stroke_width=1.0, stroke_dasharray="2 2")  # fmt: skip
            continue
        high = max(2.0, value / most * (HEIGHT - 2))
        content += element("rect", x=x, y=HEIGHT - high, width=size - GAP, height=high, rx=1.5,
                           fill=paint("accent" if latest else "step_1"))  # fmt: skip
    return figure(f"spark-{name}", WIDTH, HEIGHT, title, said, content)


def norm(name: str, value: float, low: float, high: float, said: str, title: str) -> str:
    """A value as a line on its own usual range; both on one scale that begins at zero."""
    most = max(value, high) * 1.08 or 1.0
    left, right, at = (x / most * WIDTH for x in (low, high, value))
    content = element("rect", x=0, y=5, width=WIDTH, height=6, rx=3, fill=paint("rule"))
    content += element("rect", x=left, y=5, width=max(2.0, right - left), height=6, rx=3, fill=paint("step_1"))
    inside = low <= value <= high
    content += element("rect", x=min(WIDTH - 4, max(0.0, at - 2)), y=0, width=4, height=16, rx=2,
                       fill=paint("ink" if inside else "alert"))  # fmt: skip
    return figure(f"norm-{name}", WIDTH, 16, title, said, content)
