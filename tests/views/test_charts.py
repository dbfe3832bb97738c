"""Charts: the records behind them, and what is drawn."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.units import UnitSystem
from fitintel.views.charts import body, weekly
from fitintel.views.svg import svg, ticks

METRIC, IMPERIAL = UnitSystem.METRIC, UnitSystem.IMPERIAL


def all_charts(view):
    return [chart for section in view.sections for chart in section.charts]


def boxes(root: ElementTree.Element):
    for rect in root.iter("rect"):
        x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        yield x, y, x + width, y + height


def test_each_section_with_figures_has_its_chart(view):
    names = {section.name: [chart.name for chart in section.charts] for section in view.sections if section.charts}
    assert names == {"trends": ["weeks", "history"], "forecast": ["days"], "consistency": ["parts", "calendar"],
                     "load": ["load"]}  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_a_drawing_says_what_it_shows_and_stays_inside_its_frame(view, narrow):
    for chart in all_charts(view):
        root = ElementTree.fromstring(svg(chart, narrow=narrow))
        assert root.get("role") == "img"
        title, words = root.find("title"), root.find("desc")
        assert title.text == chart.title
        assert words.text == chart.alt
        assert root.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
        _, _, width, height = map(float, root.get("viewBox").split())
        for left, top, right, bottom in boxes(root):
            assert left >= -0.1
            assert top >= -0.1
            assert right <= width + 0.1
            assert bottom <= height + 0.1
        for text in root.iter("text"):
            assert 0 <= float(text.get("x")) <= width
            assert 0 < float(text.get("y")) <= height


def test_type_can_be_read_on_a_phone(view):
    for chart in all_charts(view):
        root = ElementTree.fromstring(svg(chart, narrow=True))
        width = float(root.get("viewBox").split()[2])
        sizes = [float(text.get("font-size")) for text in root.iter("text")]
        assert min(sizes) * 326 / width >= 11  # 360 px less the margins of page and block


def test_every_chart_has_its_figures_as_a_table(view):
    for chart in all_charts(view):
        assert chart.table.rows
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


def test_the_table_has_the_same_figure_as_the_sentence(view):
    weeks = view.section("trends").charts[0]
    assert any("42.1 km" in row and "30.0 km to 55.2 km" in row[2] for row in weeks.table.rows)
    assert "42.1 km expected" in view.section("forecast").lines[0].text


def test_bars_are_in_the_readers_units():
    data = {"subject": "distance", "weeks": {"week": [20360, 20367], "distance": [16093.44, 0.0]}}
    assert weekly.weeks(data, "distance", IMPERIAL).panels[0].series[0].value == (10.0, 0.0)
    assert weekly.weeks(data, "distance", METRIC).panels[0].series[0].value == (16.09344, 0.0)


def test_arrays_and_lists_give_the_same_chart():
    lists = {"day": [20360, 20361, 20362], "ctl": [1.0, 2.0, 3.0], "atl": [1.0, 4.0, 2.0], "tsb": [0.0, 0.0, -2.0]}
    arrays = {name: np.array(values) for name, values in lists.items()}
    assert svg(body.load({"load": lists}, METRIC)) == svg(body.load({"load": arrays}, METRIC))


def test_a_missing_week_is_a_gap_not_a_zero():
    data = {"weeks": {"week": [20353, 20360, 20367], "distance": [9000.0, math.nan, 9000.0]}}
    chart = weekly.weeks(data, "distance", METRIC)
    assert chart.panels[0].series[0].value == (9.0, None, 9.0)
    assert ("Mon 29 Sep 2025", "missing", "") in chart.table.rows
    bars = ElementTree.fromstring(svg(chart)).find("path").get("d")
    assert bars.count("M") == 2


def test_rest_is_told_from_missing_in_the_calendar():
    chart = body.calendar({"calendar": {"day": [20366, 20367, 20368], "duration": [0.0, math.nan, 2000.0]}}, METRIC)
    assert [cell.text for cell in chart.cells] == ["no training", "missing", "33 min"]
    assert [cell.step for cell in chart.cells] == [0, None, 2]
    assert "training on 1 day" in chart.alt


def test_more_training_is_larger_as_well_as_darker():
    cells = body.calendar({"calendar": {"day": [20360, 20361, 20362, 20363, 20364],
                                        "duration": [0.0, 900.0, 2400.0, 4000.0, 9000.0]}}, METRIC)  # fmt: skip
    root = ElementTree.fromstring(svg(cells))
    drawn = [rect for rect in root.iter("rect") if rect.find("title") is not None]
    assert [float(rect.get("width")) for rect in drawn] == sorted(float(rect.get("width")) for rect in drawn)
    assert len({rect.get("fill") for rect in drawn}) == 5


EMPTY = ({}, {"weeks": {"week": [], "distance": []}}, {"load": {"day": []}}, {"forecast_days": {"day": []}},
         {"calendar": {"day": [], "duration": []}})  # fmt: skip


@pytest.mark.parametrize("data", EMPTY)
def test_without_data_there_is_no_chart(view_of, data):
    view = view_of(charts=data, insights=())
    assert not all_charts(view)


def test_one_single_week_can_be_drawn():
    for values in ([0.0], [5000.0]):
        chart = weekly.weeks({"weeks": {"week": [20367], "distance": values}}, "distance", METRIC)
        for narrow in (False, True):
            ElementTree.fromstring(svg(chart, narrow=narrow))


def test_a_phone_sees_the_latest_weeks_and_the_forecast(view):
    chart = view.section("trends").charts[0]
    wide, narrow = (ElementTree.fromstring(svg(chart, narrow=flag)) for flag in (False, True))
    bars = [root.findall("path")[0].get("d").count("M") for root in (wide, narrow)]
    assert bars[0] > 100
    assert bars[1] == weekly.NARROW_WEEKS


@given(st.floats(-1e7, 0), st.floats(1e-3, 1e7), st.integers(2, 8))
def test_ticks_cover_the_values_in_even_round_steps(low, high, most):
    found = ticks.nice(low, high, most)
    span = high - low
    assert found[0] <= low + 1e-6 * span
    assert found[-1] >= high - 1e-6 * span
    assert len(found) <= most + 1
    steps = np.diff(found)
    assert np.allclose(steps, steps[0], rtol=1e-6, atol=1e-9)


@given(st.integers(7305, 25000), st.integers(1, 8000), st.integers(2, 14))
def test_time_ticks_lie_inside_and_are_few(first, span, most):
    found = ticks.calendar(first, first + span, most)
    assert len(found) <= most
    assert all(first <= day <= first + span for day, _ in found)
    assert [day for day, _ in found] == sorted({day for day, _ in found})


def test_charts_of_an_unmeasured_main_quantity_use_training_time(view_of):
    data = {"subject": "duration", "weeks": {"week": [20360, 20367], "duration": [7200.0, 3600.0]}}
    view = view_of(charts=data, insights=())
    chart = view.section("trends").charts[0]
    assert chart.title == "Weekly training time"
    assert chart.panels[0].unit == "h"
    assert chart.panels[0].series[0].value == (2.0, 1.0)
