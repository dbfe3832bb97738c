"""Weeks, load change, the chart and the impulse response."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError, UnknownName
from fitintel.intelligence.daily_smoothing import completed
from fitintel.intelligence.impulse_response import trace
from fitintel.intelligence.registry import get

DAY = st.integers(0, 5000).map(lambda tenths: tenths / 10)
ewma, coupled, uncoupled = get("acwr_ewma"), get("acwr_rolling_coupled"), get("acwr_rolling_uncoupled")
pmc, ctl, foster = get("pmc"), get("pmc_ctl"), get("foster_monotony_strain")


def chart(load, **parameters):
    return pmc({"day": np.arange(np.shape(load)[-1]), "load": np.asarray(load, dtype=float)}, **parameters)


# a week ----------------------------------------------------------------------------------------------------------


@given(st.lists(DAY, min_size=7, max_size=7), st.floats(0.1, 10), st.randoms(use_true_random=False))
def test_monotony_depends_neither_on_unit_nor_order(loads, factor, random):
    found = foster(loads)
    shuffled = random.sample(loads, 7)
    other = foster(np.array(shuffled) * factor)
    assert other["weekly_load"] == pytest.approx(found["weekly_load"] * factor)
    if found["monotony"] is None:
        assert max(loads) == min(loads)
        assert other["monotony"] is None
    else:
        assert other["monotony"] == pytest.approx(found["monotony"], rel=1e-6)


def test_one_session_a_week_has_the_known_monotony_and_equal_days_have_none():
    assert foster([80, 0, 0, 0, 0, 0, 0])["monotony"] == pytest.approx(1 / np.sqrt(7))
    assert foster([0.1] * 7)["monotony"] is None
    assert foster([0.0] * 7)["strain"] is None
    assert foster([100, 0, np.nan, 0, 0, 0, 0])["weekly_load"] is None
    assert np.isnan(foster([[80, 0, 0, 0, 0, 0, 0], [5] * 7])["monotony"]).tolist() == [False, True]
    with pytest.raises(DataError, match="seven"):
        foster([1, 2, 3])


# load change -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", [ewma, coupled, uncoupled])
def test_load_change_needs_four_weeks_and_some_chronic_load(algorithm):
    assert algorithm([50.0] * 27)["ratio"] is None
    assert algorithm([50.0] * 28)["ratio"] == pytest.approx(1.0)
    assert algorithm([])["ratio"] is None
    assert algorithm([0.0] * 60)["ratio"] is None
    assert algorithm([np.nan] * 40 + [50.0] * 27)["ratio"] is None
    assert algorithm([50.0] * 40 + [np.nan] * 10)["ratio"] is None
    with pytest.raises(DataError):
        algorithm([50.0] * 40 + [-1.0])


@given(st.lists(st.floats(1, 500), min_size=28, max_size=40), st.floats(0.1, 100))
def test_load_change_does_not_depend_on_the_unit_of_load(loads, factor):
    for algorithm in (ewma, coupled, uncoupled):
        assert algorithm(np.array(loads) * factor)["ratio"] == pytest.approx(algorithm(loads)["ratio"])
    assert coupled(loads)["ratio"] <= 4 + 1e-9


def test_load_change_of_many_athletes_is_that_of_each():
    loads = np.random.default_rng(5).gamma(2, 40, (6, 60))
    loads[1, :40] = np.nan
    loads[2, 50] = np.nan
    for algorithm in (ewma, coupled, uncoupled):
        together = algorithm(loads)["ratio"]
        for row, ratio in zip(loads, together.tolist(), strict=True):
            alone = algorithm(row)["ratio"]
            assert (alone is None and np.isnan(ratio)) or ratio == alone


def test_after_a_long_break_no_ratio_is_shown():
    assert ewma([60.0] * 300 + [0.0] * 60)["ratio"] is None
    assert ewma([60.0] * 300 + [0.0] * 10)["ratio"] is not None


def test_days_before_the_first_known_one_do_not_count():
    loads = np.random.default_rng(6).gamma(2, 40, 50)
    assert ewma(np.concatenate([np.full(20, np.nan), loads])) == pytest.approx(ewma(loads), nan_ok=True)


# chart -----------------------------------------------------------------------------------------------------------


def test_the_chart_of_many_athletes_is_that_of_each():
    loads = np.random.default_rng(7).gamma(2, 40, (5, 400))
    loads[3, 100:105] = np.nan
    together = chart(loads)
    for row in range(5):
        alone = chart(loads[row])
        for name in ("ctl", "atl", "tsb", "imputed"):
            np.testing.assert_array_equal(together[name][row], alone[name])
    np.testing.assert_allclose(ctl(loads), together["ctl"], rtol=1e-12)  # summed in blocks of another length
    assert chart(loads.astype(np.float32))["tsb"].dtype == np.float64  # chart() makes float64 of it
    assert pmc({"day": np.arange(400), "load": loads.astype(np.float32)})["tsb"].dtype == np.float32


def test_a_missing_day_is_given_what_its_weekday_held_and_a_rest_day_is_none():
    week = [90.0, 0, 60, 0, 30, 0, 120]
    known = chart(week * 10)
    load = np.array(week * 10)
    load[-1] = np.nan
    filled = chart(load)
    assert filled["ctl"][-1] == pytest.approx(known["ctl"][-1])
    assert filled["imputed"].tolist() == [0.0] * 69 + [1.0]
    assert completed(load)[0][-1] == 120.0


def test_too_many_missing_days_leave_the_chart_undefined():
    load = np.array([50.0] * 60 + [np.nan] * 11 + [50.0] * 60)
    found = chart(load)["ctl"]
    assert np.isfinite(found[69])
    assert np.isnan(found[70])  # 11 of 42 days
    assert np.isfinite(found[-1])


@given(st.lists(st.one_of(DAY, st.just(float("nan"))), min_size=1, max_size=90), st.integers(1, 80))
def test_no_figure_of_the_chart_knows_a_later_day(loads, cut):
    whole, part = chart(loads), chart(loads[:cut])
    for name in ("ctl", "atl", "tsb"):
        np.testing.assert_array_equal(whole[name][:cut], part[name])


def test_start_values_are_the_form_of_the_first_day():
    found = chart([70.0] * 5, ctl_start=70.0, atl_start=80.0)
    assert found["tsb"][0] == -10.0
    assert not found["warming_up"].any()
    assert chart([70.0] * 5)["warming_up"].all()
    with pytest.raises(UnknownName, match="reciprocal"):
        chart([1.0], kind="1/N")


# impulse response ------------------------------------------------------------------------------------------------


def season():
    load = np.random.default_rng(8).gamma(2, 30, 160) * (np.arange(160) % 7 != 0)
    day = np.arange(12, 160, 14)
    return load, day, 250 + 0.08 * trace(load, 42)[day - 1] - 0.15 * trace(load, 7)[day - 1]


def test_the_fit_finds_the_weights_that_made_the_tests():
    found = get("banister_fit")(*season())
    assert (found["p0"], found["k1"], found["k2"]) == pytest.approx((250, 0.08, 0.15))
    assert found["verdict"] == "better than the last test"
    searched = get("banister_fit")(*season(), tau1=None, tau2=None)
    assert searched["sse"] < 1e-2 * len(season()[1])


def test_weights_are_never_negative_and_searching_never_fits_worse():
    load, day, performance = season()
    worse = get("banister_fit")(load, day, 500 - performance)  # training harms
    assert worse["k1"] >= 0
    assert worse["k2"] >= 0
    noisy = performance + np.random.default_rng(9).normal(0, 3, len(day))
    free = get("banister_fit")(load, day, noisy, tau1=None, tau2=None)
    assert free["sse"] <= get("banister_fit")(load, day, noisy)["sse"]
    quality = get("banister_fit_quality")(
        load, day, noisy, free["p0"], free["k1"], free["k2"], tau1=free["tau1"], tau2=free["tau2"]
    )
    assert quality["sse"] == pytest.approx(free["sse"])
    assert quality["pearson_r"] <= 1


def test_tests_in_another_order_give_the_same_fit():
    load, day, performance = season()
    order = np.random.default_rng(10).permutation(len(day))
    assert get("banister_fit")(load, day[order], performance[order]) == get("banister_fit")(load, day, performance)


def test_noise_does_not_pass_for_a_model():
    load, day, _ = season()
    noise = np.array([300.0, 280, 300, 280, 300, 280, 300, 280, 300, 280, 300])
    trend = 300 + np.cumsum([0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
    assert get("banister_fit")(load, day[:5], noise[:5])["verdict"] == "insufficient"
    assert get("banister_fit")(load[:90], day[:3], noise[:3])["sse"] is None
    assert get("banister_fit")(np.full(160, 50.0), day, trend)["verdict"] == "not better"


def test_a_test_outside_the_known_days_is_refused():
    with pytest.raises(DataError, match="test_day"):
        get("banister_fit")([50.0] * 30, [0, 10, 20, 31], [1.0, 2, 3, 4])
    with pytest.raises(DataError, match="missing"):
        get("banister_fit")([50.0] * 30 + [np.nan], [5, 10, 20, 30], [1.0, 2, 3, 4])


@given(st.lists(DAY, min_size=1, max_size=50))
def test_the_response_is_linear_in_the_load(loads):
    model = get("banister_ir")
    once, twice = model(loads, 100, 0.1, 0.2), model(np.array(loads) * 2, 100, 0.1, 0.2)
    assert twice["p"] - 100 == pytest.approx(2 * (once["p"] - 100), abs=1e-6)


def test_influence_is_undefined_without_an_order_of_time_constants_and_never_negative():
    influence = get("banister_influence")
    assert influence(0.1, 0.2, tau1=7, tau2=42) == {"tn": None, "tg": None}
    assert influence(0.2, 0.1)["tn"] == 0.0
    assert influence(0.1, 0.2)["tg"] > influence(0.1, 0.2)["tn"] > 0
    with pytest.raises(DataError):
        influence(0.0, 0.2)
