"""Charts of how an algorithm fares, with intervals."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from fitintel.core.performance import Point
from fitintel.views.charts.figure import figure
from fitintel.views.charts.performance import performance_charts
from fitintel.views.svg import svg

FIRST = 20353


def night(place: int, **more: float) -> Point:
    share = 0.7 + place / 100
    figures = {"runs": 24.0, "coverage": share, "coverage_n": 40.0 + place, "coverage_low": share - 0.1,
               "coverage_high": share + 0.1, "nominal": 0.8, "latency_p95": 0.02, "error_distance": 5210.0,
               "insufficient_share": 0.125}  # fmt: skip
    return Point("weekly_forecast", FIRST + place, {**figures, **more})


POINTS = [night(0), night(1), night(2, **{"psi/a": 0.1, "psi/b": 0.3, "psi_by_chance": 0.2})]


def test_each_figure_that_a_night_has_is_a_chart_in_its_unit() -> None:
    charts = {chart.name: chart for chart in performance_charts(POINTS)}
    assert list(charts) == ["coverage", "insufficient_share", "error_distance", "latency_p95", "drift"]
    assert charts["error_distance"].panels[0].series[0].value == (5.21, 5.21, 5.21)
    assert charts["latency_p95"].panels[0].unit == "ms"
    assert charts["latency_p95"].panels[0].series[0].value == pytest.approx((20.0, 20.0, 20.0))
    assert performance_charts([]) == ()


def test_a_share_has_its_interval_as_a_band_and_what_it_promises_as_a_line() -> None:
    (chart,) = [one for one in performance_charts(POINTS) if one.name == "coverage"]
    (panel,) = chart.panels
    (band,) = panel.bands
    assert band.low == tuple(point.figures["coverage_low"] for point in POINTS)
    assert band.high == tuple(point.figures["coverage_high"] for point in POINTS)
    share, promised = panel.series
    assert share.value == (0.7, 0.71, 0.72)
    assert (promised.value, promised.dashed) == ((0.8, 0.8, 0.8), True)
    assert chart.table.rows[0][1:] == ("72 %", "62 % to 82 %", "42")


def test_nights_of_earlier_releases_have_no_interval_and_are_drawn_all_the_same() -> None:
    old = Point("weekly_forecast", FIRST - 1, {"coverage": 0.6, "coverage_n": 10.0})
    (chart,) = [one for one in performance_charts([old, *POINTS]) if one.name == "coverage"]
    assert chart.panels[0].bands[0].day == tuple(point.day for point in POINTS)
    assert chart.table.rows[-1][1:] == ("60 %", "", "10")


def test_drift_is_the_largest_of_its_inputs() -> None:
    chart = performance_charts(POINTS)[-1]
    assert [one.value for one in chart.panels[0].series] == [(0.3,), (0.2,)]


@pytest.mark.parametrize("narrow", [False, True])
def test_they_are_drawn_as_svg_and_as_figures(narrow: bool) -> None:
    for chart in performance_charts(POINTS):
        root = ElementTree.fromstring(svg(chart, narrow=narrow))
        assert root.get("role") == "img"
        assert figure(chart)["layout"]["meta"]["alt"] == chart.alt
