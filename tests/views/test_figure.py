"""Charts as Plotly figures: the same values as in the spec, one template, valid in Plotly."""

from __future__ import annotations

import json

import pytest

from fitintel.core import days
from fitintel.views import theme
from fitintel.views.charts.figure import figure, plotly, template
from fitintel.views.charts.spec import CalendarChart, Form, GaugeChart, TimeChart


def all_charts(view):
    return [chart for section in view.sections for chart in section.charts]


@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_is_a_figure_that_plotly_accepts_and_json_carries(view, dark):
    pytest.importorskip("plotly")
    charts = all_charts(view)
    assert {type(chart) for chart in charts} == {TimeChart, GaugeChart, CalendarChart}
    for chart in charts:
        made = figure(chart, dark=dark)
        assert json.loads(json.dumps(made, allow_nan=False)) == made
        assert len(plotly(chart, dark=dark).data) == len(made["data"]) > 0
        assert made["layout"]["template"] == template(dark=dark)
        assert made["layout"]["meta"]["alt"] == chart.alt


def test_the_values_drawn_are_those_of_the_spec(view):
    for chart in (each for each in all_charts(view) if isinstance(each, TimeChart)):
        drawn = [(trace["name"], trace["x"], trace["y"]) for trace in figure(chart)["data"] if "base" not in trace]
        wanted = [each for panel in chart.panels for each in panel.series]
        assert len(drawn) == len(wanted)
        for (name, x, y), series in zip(drawn, wanted, strict=True):
            assert name == series.name
            assert x[: len(series.day)] == [days.iso(day) for day in series.day]
            assert tuple(y[: len(series.value)]) == series.value
            assert len(x) == len(series.day) + (series.form is Form.STEPS)


def test_a_band_reaches_from_its_low_to_its_high_end(view):
    timed = [chart for chart in all_charts(view) if isinstance(chart, TimeChart)]
    wanted = [band for chart in timed for panel in chart.panels for band in panel.bands]
    drawn = [trace for chart in timed for trace in figure(chart)["data"] if "base" in trace]
    assert wanted
    for band, trace in zip(wanted, drawn, strict=True):
        assert tuple(trace["base"]) == band.low
        assert [a + b for a, b in zip(trace["base"], trace["y"], strict=True)] == pytest.approx(band.high)


def test_every_day_of_the_calendar_is_there_once(view):
    chart = next(each for each in all_charts(view) if isinstance(each, CalendarChart))
    drawn = sorted(day for trace in figure(chart)["data"] for day, _ in trace["customdata"])
    assert drawn == [days.iso(cell.day) for cell in chart.cells]


def test_panels_stand_below_each_other_without_touching(view):
    chart = next(each for each in all_charts(view) if isinstance(each, TimeChart) and len(each.panels) > 1)
    layout = figure(chart)["layout"]
    upper, lower = layout["yaxis"]["domain"], layout["yaxis2"]["domain"]
    assert 0 <= lower[0] < lower[1] < upper[0] < upper[1] <= 1


def test_light_and_dark_take_their_colours_from_the_theme():
    assert template()["layout"]["font"]["color"] == theme.LIGHT.ink
    assert template(dark=True)["layout"]["font"]["color"] == theme.DARK.ink
