"""Load: zones, normalised impulse, stress, monotony, load change, chart and impulse response."""

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


# zones -----------------------------------------------------------------------------------------------------------


def test_a_zone_begins_at_its_lower_bound():
    minutes = get("edwards_zone_minutes")(1.0, np.arange(95, 211), 190)  # 133 is exactly 70 %
    assert minutes.tolist() == [19, 19, 19, 19, 40]
    assert get("edwards_zone_minutes")(1.0, [133], 190).tolist() == [0, 0, 1, 0, 0]
    assert get("lucia_zone_minutes")(1.0, [139, 140, 159, 160, np.nan], 140, 160).tolist() == [1, 2, 1]


@given(st.lists(st.floats(40, 190), min_size=1, max_size=30), st.integers(0, 10**6))
def test_zone_load_does_not_depend_on_order_and_grows_with_heart_rate(hr, seed):
    def load(values):
        return get("edwards_trimp")(get("edwards_zone_minutes")(0.5, values, 190))

    shuffled = np.random.default_rng(seed).permutation(hr)
    assert load(shuffled) == load(hr)
    assert load(np.array(hr) + 5) >= load(hr)
    assert 0 <= load(hr) <= 2.5 * len(hr)


def test_zones_of_many_sessions_are_counted_in_one_call():
    hr = np.array([[120.0, 150.0], [np.nan, 170.0]])
    minutes = get("edwards_zone_minutes")(1.0, hr, [200.0, 180.0])
    assert minutes.shape == (2, 5)
    assert get("edwards_trimp")(minutes).tolist() == [5.0, 5.0]


def test_wrong_zones_are_refused():
    with pytest.raises(DataError, match="five"):
        get("edwards_trimp")([10, 10, 10])
    with pytest.raises(DataError):
        get("edwards_trimp")([10, -10, 10, 0, 0])
    with pytest.raises(DataError, match="hr_vt2"):
        get("lucia_zone_minutes")(1.0, [120], 160, 140)
    assert get("edwards_trimp")([10, None, 10, 0, 0]) is None


# impulse and stress ----------------------------------------------------------------------------------------------


def test_the_sex_chooses_the_curve_and_unknown_is_the_mean_of_both():
    trimp = get("trimp_banister")
    him, her = trimp(60, 150, 60, 190), trimp(60, 150, 60, 190, sex="female")
    assert trimp(60, 150, 60, 190, sex="unknown") == pytest.approx((him + her) / 2)
    assert get("banister_trimp_gc_compat")(60, 150, 60, 190) == pytest.approx(her * 0.64 / 0.86)
    with pytest.raises(UnknownName, match="female"):
        trimp(60, 150, 60, 190, sex="femal")


@given(st.floats(61, 189), st.sampled_from(["male", "female", "unknown"]), st.floats(1, 300))
def test_an_hour_at_threshold_is_a_hundred_whoever_runs_it(threshold, sex, minutes):
    trimp = get("trimp_banister")(minutes, threshold, 60, 190, sex=sex)
    assert get("hrss")(trimp, 60, 190, threshold, sex=sex) == pytest.approx(100 * minutes / 60)


def test_a_missing_threshold_is_put_at_85_percent_of_the_reserve():
    hrss = get("hrss")
    assert hrss(333, 60, 190, None) == hrss(333, 60, 190, 60 + 0.85 * 130) == pytest.approx(199.49, abs=0.01)
    with pytest.raises(DataError, match="threshold"):
        hrss(100, 60, 190, 60)


@given(st.floats(60, 20_000), st.floats(50, 500), st.floats(50, 500))
def test_stress_is_a_hundred_an_hour_at_threshold_and_grows_with_the_square(duration, power, threshold):
    stress = get("stress_score")
    assert stress(duration, threshold, threshold) == pytest.approx(duration / 36)
    assert stress(duration, 2 * power, threshold) == pytest.approx(4 * stress(duration, power, threshold))
    pace = get("running_stress")(duration, 1 / power, 1 / threshold)  # the same ratio, said as paces
    assert pace == pytest.approx(stress(duration, power, threshold))
    assert get("running_stress")(duration, 1000 / power, 1000 / threshold) == pytest.approx(pace)
    assert get("exponential_power_score")(power, threshold, duration)["score"] == pytest.approx(
        stress(duration, power, threshold)
    )


def test_a_threshold_of_zero_is_refused_and_a_missing_one_leaves_the_stress_undefined():
    for name, values in (("stress_score", (3600, 200, 0)), ("running_stress", (3600, 0.3, 0.0)), ("govss", (1, 1, 0))):
        with pytest.raises(DataError):
            get(name)(*values)
    assert get("stress_score")(3600, None, 250) is None
    assert np.isnan(get("stress_score")([3600, 3600], [200, np.nan], 250)).tolist() == [False, True]


def test_the_published_bike_score_of_the_workbook_is_reproduced():
    # Clarke & Skiba 2013, workbook sheet 7: 277.991 W, CP 315 W, 3627.88 s
    assert get("exponential_power_score")(277.991, 315, 3627.88)["score"] == pytest.approx(78.486, abs=1e-3)


def test_swim_stress_grows_with_the_cube_and_has_none_without_moving():
    swim = get("swim_stress_score")
    assert swim(3600, 3600, 3600, 1.0) == pytest.approx(100)
    assert swim(7200, 3600, 3600, 1.0) == pytest.approx(800)
    assert swim(0, 0, 100, 1.0) is None


def test_steady_running_at_critical_speed_is_a_hundred_an_hour():
    power = get("govss_running_power")(4.5, 0.0, 60, 1.7)
    assert get("govss")(get("govss_weighted_power")([4.5] * 3600, [0.0] * 3600, 60, 1.7), 3600, power) == pytest.approx(
        100
    )
    assert get("govss_running_power")(0.0, 0.1, 60, 1.7) == 0.0
    assert get("govss_weighted_power")([4.0] * 100, [0.0] * 100, 60, 1.7) is None
    assert get("running_power_flat_approx")(4.0, 70) == pytest.approx(291.2)


@given(st.floats(0.5, 5.5), st.floats(0.0, 0.4), st.floats(0.001, 0.05))
def test_modelled_power_grows_uphill_and_with_mass(speed, slope, more):
    power = get("govss_running_power")
    assert power(speed, slope + more, 70, 1.75) > power(speed, slope, 70, 1.75) > power(speed, slope, 60, 1.75) > 0


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
