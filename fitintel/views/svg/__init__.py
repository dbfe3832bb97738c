"""Charts as SVG, drawn by ourselves: small, without script, in the theme's colours (docs/decisions/svg-charts.md)."""

from __future__ import annotations

from fitintel.views.charts.spec import CalendarChart, Chart, GaugeChart
from fitintel.views.svg import calendar, gauges, timeline

__all__ = ["NARROW", "WIDE", "svg"]

NARROW = 340
"""px. Width of the drawing for a phone."""
WIDE = 880
"""px. Width of the drawing for the whole page."""
HALF = 480
"""px. Width of the drawing for one of two columns."""


def svg(chart: Chart, *, narrow: bool = False) -> str:
    """One `<svg>` element. Scales to its place; type is sized to be read at the width it is drawn for."""
    if isinstance(chart, GaugeChart):
        return gauges.draw(chart, NARROW if narrow else HALF)
    if isinstance(chart, CalendarChart):
        return calendar.draw(chart, NARROW if narrow else HALF)
    return timeline.draw(chart, NARROW if narrow else WIDE if chart.wide else HALF, narrow=narrow)
