"""Shares as horizontal bars with their names above and their values beside."""

from __future__ import annotations

from fitintel.views.charts.spec import GaugeChart
from fitintel.views.svg.marks import element, figure, text
from fitintel.views.theme import paint

ROW, BAR, VALUE = 40.0, 8.0, 52.0


def draw(chart: GaugeChart, width: float) -> str:
    """The chart `width` px wide."""
    content = ""
    for place, gauge in enumerate(chart.gauges):
        top = place * ROW
        content += text(0, top + 14, gauge.name, colour=paint("ink"), size=13)
        content += text(width, top + 14, gauge.text, anchor="end", colour=paint("ink"), size=13, bold=True)
        content += element("rect", x=0, y=top + 21, width=width, height=BAR, rx=4, fill=paint("rule"))
        filled = width * min(1.0, max(0.0, gauge.value))
        if filled:
            content += element("rect", x=0, y=top + 21, width=max(filled, BAR), height=BAR, rx=4, fill=paint("accent"))
    return figure(chart.name, width, ROW * len(chart.gauges), chart.title, chart.alt, content)
