"""Days as cells: weeks are columns, Monday is on top; more training is darker and larger."""

from __future__ import annotations

from html import escape

from fitintel.core import days
from fitintel.views import dates, numbers
from fitintel.views.charts.spec import CalendarChart, Cell
from fitintel.views.svg.marks import element, figure, text
from fitintel.views.theme import paint

LEFT, TOP, LEGEND = 30.0, 20.0, 30.0
SIDES = (0.22, 0.5, 0.66, 0.82, 0.96)
"""Side of a cell's square for steps 0 to 4, as a share of the cell: size says the same as colour."""


def draw(chart: CalendarChart, width: float) -> str:
    """The chart `width` px wide."""
    start = days.week_start(chart.cells[0].day)
    columns = (days.week_start(chart.cells[-1].day) - start) // 7 + 1
    size = min(32.0, (width - LEFT) / columns)
    content = "".join(
        text(0, TOP + (row + 0.5) * size + 4, dates.weekday_short(row), colour=paint("muted")) for row in range(0, 7, 2)
    )
    month = ""
    for column in range(columns):
        day = days.from_number(start + 7 * column + 6)
        if dates.month_short(day.month) != month:
            month = dates.month_short(day.month)
            content += text(LEFT + column * size + 2, 12, month, colour=paint("muted"))
    content += "".join(_cell(cell, start, size) for cell in chart.cells)
    return figure(chart.name, width, TOP + 7 * size + LEGEND, chart.title, chart.alt,
                  content + _legend(chart, TOP + 7 * size + 22, width))  # fmt: skip


def _cell(cell: Cell, start: int, size: float) -> str:
    column, row = divmod(cell.day - start, 7)
    said = element("title", escape(f"{numbers.date(cell.day)}: {cell.text}"))
    x, y = LEFT + (column + 0.5) * size, TOP + (row + 0.5) * size
    if cell.step is None:
        return element("path", said, d=f"M{x - 3:.1f} {y:.1f}h6", stroke=paint("quiet"), stroke_width=1.0)
    return _square(x, y, size, cell.step, said)


def _square(x: float, y: float, size: float, step: int, said: str = "") -> str:
    side = size * SIDES[step] - 1
    colour = paint("rule") if step == 0 else paint(f"step_{step}")
    return element(
        "rect", said, x=x - side / 2, y=y - side / 2, width=side, height=side, rx=min(4.0, side / 4), fill=colour
    )


def _legend(chart: CalendarChart, y: float, width: float) -> str:
    content, room = "", (width - LEFT) / len(chart.steps)
    for place, words in enumerate(chart.steps):
        x = LEFT + place * room
        content += _square(x + 7, y - 4, 14, place + 1) + text(x + 18, y, words, colour=paint("muted"), size=11.5)
    return content
