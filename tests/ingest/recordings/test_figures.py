"""Figures of samples: means over time, pauses, distances, climbed height; and the device's own held against them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.ingest.device import believes_timer, chosen, contradictions
from fitintel.ingest.figures import climbed, figures, top_speed, total_distance
from fitintel.intelligence.algorithms.load.weighted_power import weighted_power
from fitintel.intelligence.algorithms.running.elevation_gain_hysteresis import elevation_gain_hysteresis


def made(time, pauses=(), start=None, sport="running", **stream):
    time = np.asarray(time, dtype=float)
    columns = {name: np.asarray(values, dtype=float) for name, values in stream.items()}
    return figures(time, columns, pauses, float(time[0]) if start is None else start, sport)


def test_a_mean_is_weighted_by_time_not_by_samples():
    # ten samples of 180 within one second, then one of 120 that lasts nine
    time = [*np.linspace(0, 1, 10), 10]
    found = made(time, hr=[180] * 10 + [120])
    by_time = (1 * 180 + 9 * 150) / 10
    assert found["hr_mean"] == pytest.approx(by_time)
    assert found["hr_mean"] < np.mean([180] * 10 + [120]) - 10


def test_what_happens_in_a_pause_counts_for_nothing():
    time = np.arange(0, 101.0)
    hr = np.where((time >= 40) & (time <= 60), 80.0, 150.0)
    found = made(time, [(40.0, 60.0)], hr=hr)
    assert found["duration"] == 80.0
    assert found["elapsed"] == 100.0
    assert found["hr_mean"] == pytest.approx(150.0, abs=1.0)


def test_a_pause_without_samples_is_not_timer_time():
    found = made([0, 10, 20, 620, 630], [(20.0, 620.0)], hr=[100, 100, 100, 200, 200])
    assert found["duration"] == 30.0
    assert found["hr_mean"] == pytest.approx((20 * 100 + 10 * 200) / 30)


def test_pauses_that_overlap_are_counted_once():
    assert made(np.arange(0, 101.0), [(10.0, 30.0), (20.0, 40.0)])["duration"] == 70.0


def test_impossible_heart_rates_make_no_figure():
    found = made(np.arange(5.0), hr=[0, 255, 150, 150, 150])
    assert (found["hr_mean"], found["hr_max"]) == (150.0, 150.0)


def test_zeros_of_power_count_and_spikes_do_not():
    found = made(np.arange(5.0), sport="cycling", power=[0, 0, 100, 100, 21_000])
    assert found["power_max"] == 100.0
    assert found["power_mean"] == pytest.approx((0 + 50 + 100) / 3)


@pytest.mark.parametrize(("sport", "counted", "steps"), [("running", 85, 170), ("running", 170, 170),
                                                         ("cycling", 85, 85)])  # fmt: skip
def test_cadence_on_foot_is_in_steps(sport: str, counted: float, steps: float):
    assert made(np.arange(5.0), sport=sport, cadence=[counted] * 5)["cadence"] == steps


def test_a_counter_that_starts_anew_goes_on():
    assert total_distance(np.array([0.0, 500, 1000, 0, 400])) == 1400.0
    assert total_distance(np.array([3.0, 500, 499.5, 1000])) == 1000.0
    assert np.isnan(total_distance(np.array([np.nan])))


def test_top_speed_is_not_made_of_one_second():
    time = np.arange(0, 60.0)
    way = 3 * time
    way[30:] += 20  # a jump of a fix
    assert top_speed(time, way) == pytest.approx(3 + 20 / 10)


def test_no_samples_have_no_figures():
    assert figures(np.empty(0), {}, (), 0.0, "running") == {}
    assert made([5.0])["duration"] == 0.0


@given(st.lists(st.floats(-100, 4000), min_size=1, max_size=60))
def test_climbed_height_is_that_of_the_algorithm(heights: list[float]):
    assert climbed(np.array(heights))[0] == pytest.approx(elevation_gain_hysteresis(heights))


@given(st.lists(st.tuples(st.floats(1, 100), st.floats(0, 30)), max_size=6), st.integers(2, 200))
def test_timer_is_never_longer_than_elapsed(pauses, n: int):
    found = made(np.arange(float(n)), [(start, start + length) for start, length in pauses])
    assert -1e-9 <= found["duration"] <= found["elapsed"]


def test_a_device_that_its_samples_contradict_is_flagged_with_both_values():
    rule, text = contradictions({"power_max": 21_000.0}, {"power_max": 480.0}, counts_lengths=False)[0]
    assert rule == "device_summary_wrong"
    assert "21000 W" in text
    assert "480 W" in text


def test_small_differences_and_absent_figures_contradict_nothing():
    assert contradictions({"distance": 10_000.0, "hr_mean": 150.0}, {"distance": 10_050.0}, counts_lengths=False) == []
    assert contradictions({"distance": 0.0}, {"distance": 5000.0}, counts_lengths=False) == []


def test_the_distance_of_a_pool_is_its_lengths():
    device, samples = {"distance": 2600.0}, {"distance": 1900.0}
    assert contradictions(device, samples, counts_lengths=False)
    assert contradictions(device, samples, counts_lengths=True) == []
    assert chosen(device, samples, counts_lengths=True)["distance"] == 2600.0


def test_a_threshold_nobody_can_hold_so_long_is_flagged():
    device = {"threshold_power": 200.0, "stress_score": 413.7}
    samples = {"weighted_power": 267.0, "duration": 8355.0, "elapsed": 8355.0}
    assert "413.7" in contradictions(device, samples, counts_lengths=False)[0][1]
    assert contradictions(device, {**samples, "duration": 1800.0}, counts_lengths=False) == []
    assert contradictions({"threshold_power": 270.0}, samples, counts_lengths=False) == []


@pytest.mark.parametrize(("timer", "believed"), [(100.0, True), (60.0, True), (200.0, False), (5.0, False)])
def test_a_timer_fits_between_movement_and_the_whole(timer: float, believed: bool):
    assert believes_timer({"duration": timer}, {"elapsed": 120.0, "moving": 50.0}) is believed


def test_the_devices_timer_counts_where_it_can_be_right_and_the_samples_where_not():
    samples = {"elapsed": 1000.0, "duration": 1000.0, "moving": 900.0, "hr_mean": 150.0}
    assert chosen({"duration": 950.5, "hr_mean": 149.0}, samples, counts_lengths=False)["duration"] == 950.5
    found = chosen({"duration": 5000.0, "energy": 1e6}, samples, counts_lengths=False)
    assert (found["duration"], found["hr_mean"], found["energy"]) == (1000.0, 150.0, 1e6)


@given(st.lists(st.floats(0.0, 1500.0), min_size=30, max_size=400))
def test_weighted_power_of_an_import_is_that_of_the_algorithm_bit_for_bit(power):
    found = made(np.arange(float(len(power))), sport="cycling", power=power)
    assert found["weighted_power"] == weighted_power(power)


def test_less_than_one_window_has_no_weighted_power_by_either():
    assert "weighted_power" not in made(np.arange(29.0), sport="cycling", power=[200.0] * 29)
    assert weighted_power([200.0] * 29) is None
