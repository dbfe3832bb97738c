"""Recovery: heart rate variability, resting heart rate, self-ratings, sleep."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.intelligence.registry import get

rmssd, ln_rmssd, domain, clean = get("rmssd"), get("ln_rmssd"), get("hrv_time_domain"), get("rr_clean")
flag, rolling, band = get("hrv_flag"), get("hrv_rolling"), get("hrv_swc_band")
resting, hooper, sleep = get("resting_hr_robust_z"), get("hooper_index"), get("sleep_regularity_index")
RR = st.lists(st.floats(400, 1500), min_size=2, max_size=50)


@given(RR, st.floats(0.5, 2))
def test_variability_scales_with_the_unit_and_not_with_the_heart_rate(rr, factor):
    assert rmssd(np.array(rr) * factor) == pytest.approx(rmssd(rr) * factor)
    assert rmssd(np.array(rr) + 100) == pytest.approx(rmssd(rr), abs=1e-6)
    assert rmssd(rr[::-1]) == pytest.approx(rmssd(rr))
    if rmssd(rr) > 0:
        assert ln_rmssd(rr) == pytest.approx(math.log(rmssd(rr)))


def test_variability_is_undefined_with_too_few_beats_and_its_logarithm_without_variation():
    assert rmssd([800]) is None
    assert rmssd([]) is None
    assert rmssd([800, None, 810]) is None
    assert rmssd([800, 800]) == 0.0
    assert ln_rmssd([800, 800]) is None
    assert domain([800]) == {"rmssd": None, "sdnn": None, "mean_nni": 800.0, "pnni_50": None}
    with pytest.raises(DataError, match="rr is 0"):
        rmssd([800, 0, 810])


def test_no_difference_is_taken_across_a_dropped_beat():
    assert rmssd([800, 810, np.nan, 1200, 1210]) == pytest.approx(10)
    assert rmssd(np.array([[800, 810, 820], [800, 850, 900]], dtype=float)).tolist() == pytest.approx([10, 50])


def test_time_domain_figures_agree_with_their_definitions():
    rr = np.random.default_rng(1).normal(850, 45, 300)
    found = domain(rr)
    assert found["sdnn"] == pytest.approx(np.std(rr, ddof=1))
    assert found["rmssd"] == rmssd(rr)
    assert found["pnni_50"] == pytest.approx(100 * np.mean(np.abs(np.diff(rr)) > 50))


def test_artefacts_are_dropped_in_place_and_bad_recordings_refused():
    rr = np.random.default_rng(2).normal(900, 20, 200)
    spoiled = rr.copy()
    spoiled[[20, 90]] = [450, 2500]
    found = clean(spoiled)
    assert np.flatnonzero(np.isnan(found["rr"])).tolist() == [20, 90]
    assert found["usable"]
    assert not clean(rr[:60])["usable"]  # 54 s
    spoiled[::10] = 400
    assert not clean(spoiled)["usable"]
    assert clean([]) == {"rr": pytest.approx([]), "dropped": 1.0, "duration": 0.0, "usable": False}


def test_three_readings_make_a_week():
    assert rolling([4.0, 4.2, None, None, None, None, None])["mean"] is None
    found = rolling([4.0, 4.2, 4.1, None, None, None, None])
    assert found["mean"] == pytest.approx(4.1)
    assert found["n"] == 3
    week = np.array([[4.0, 4.1, 4.2, np.nan, np.nan, np.nan, np.nan], [4.0] + [np.nan] * 6])
    assert np.isnan(rolling(week)["cv_percent"]).tolist() == [False, True]


@given(st.lists(st.floats(2, 6), min_size=30, max_size=60), st.floats(0, 2))
def test_the_band_lies_around_the_mean_and_is_as_wide_as_k(baseline, k):
    found = band(baseline, k=k)
    assert found["lower"] <= found["mean"] <= found["upper"]
    assert found["upper"] - found["lower"] == pytest.approx(2 * k * np.std(baseline, ddof=1), abs=1e-9)
    assert band(baseline[:29])["lower"] is None


def test_flags_are_three_valued_and_need_three_readings():
    flags = flag(4.0, 0.2, np.array([3.89, 3.9, 4.0, 4.1, 4.11, np.nan]), 3)
    assert flags.tolist() == ["below_band", "within", "within", "within", "above_band", "insufficient_data"]
    assert flag(4.0, 0.2, 3.0, 2) == "insufficient_data"
    assert flag(None, None, 4.0, 7) == "insufficient_data"
    with pytest.raises(DataError):
        flag(4.0, -0.1, 4.0, 7)


@given(st.lists(st.integers(40, 70), min_size=7, max_size=28), st.integers(35, 110), st.integers(-5, 5))
def test_resting_heart_rate_is_judged_by_the_own_median(baseline, today, shift):
    z = resting(baseline, today)
    if len(set(baseline)) == 1:
        assert z is None
        return
    assert np.sign(z) == np.sign(today - np.median(baseline))
    assert resting(np.array(baseline) + shift, today + shift) == pytest.approx(z)
    assert resting(baseline[::-1], today) == pytest.approx(z)
    assert resting(baseline, today + 1) > z


def test_a_baseline_of_mostly_equal_days_still_gives_a_figure():
    assert resting([50] * 20 + [51], 52) == pytest.approx((52 - 50) / (1.253314 / 21))
    assert resting([50] * 6, 60) is None
    rows = np.array([[50, 51, 49, 50, 52, 48, 50], [50, 50, 50, 50, 50, 50, np.nan]])
    assert np.isnan(resting(rows, [55, 55])).tolist() == [False, True]


def test_a_rating_outside_one_to_seven_is_refused_and_a_missing_one_leaves_no_sum():
    assert hooper(1, 1, 1, 1) == 4
    assert hooper(7, 7, 7, 7) == 28
    assert hooper(3, None, 2, 2) is None
    for wrong in (0, 8, 7.5, float("inf")):
        with pytest.raises(DataError, match="stress"):
            hooper(3, wrong, 2, 2)


@given(st.lists(st.integers(0, 1), min_size=49, max_size=200))
def test_sleep_regularity_is_bounded_and_knows_no_difference_between_sleep_and_waking(epochs):
    found = sleep(epochs, epochs_per_day=24)
    assert -100 <= found <= 100
    assert sleep([1 - state for state in epochs], epochs_per_day=24) == pytest.approx(found)


def test_the_extremes_of_sleep_regularity():
    day, night = [1] * 8 + [0] * 16, [0] * 8 + [1] * 16
    assert sleep(day * 7, epochs_per_day=24) == 100
    assert sleep(day + night, epochs_per_day=24) == -100
    assert sleep(day, epochs_per_day=24) is None
    missing = np.array(day * 3, dtype=float)
    missing[24:48] = np.nan
    assert sleep(missing, epochs_per_day=24) is None
    with pytest.raises(DataError, match="state"):
        sleep([0, 1, 2] * 30, epochs_per_day=24)
