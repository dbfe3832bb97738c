"""Critical power, W' and critical speed from efforts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.errors import DataError, UnknownName
from fitintel.intelligence.hyperbola import fit_time
from fitintel.intelligence.registry import get
from fitintel.intelligence.regression import half_width, line

two, predict = get("critical_power_2p"), get("critical_power_2p_predict")
three, power_3p, time_3p = get("critical_power_3p"), get("critical_power_3p_power"), get("critical_power_3p_time")
speed, speed_time = get("critical_speed"), get("critical_speed_predict_time")

FORMS = pytest.mark.parametrize("form", ["time", "inverse_time", "work_time"])
CLARKE = ([453, 430, 405, 375, 360], [160, 205, 260, 430, 685])
TRUTH = st.tuples(st.floats(100, 450), st.floats(5_000, 40_000))
TIMES = st.lists(st.integers(60, 1800), min_size=2, max_size=8, unique=True)


@FORMS
@given(truth=TRUTH, times=TIMES)
@settings(deadline=None)  # the first call imports scipy
def test_every_form_finds_the_truth_of_perfect_efforts(form, truth, times):
    found = two([truth[0] + truth[1] / t for t in times], times, form=form)
    assert found["critical_power"] == pytest.approx(truth[0], rel=1e-5)
    assert found["w_prime"] == pytest.approx(truth[1], rel=1e-4)


@FORMS
def test_the_order_of_the_efforts_and_missing_ones_change_nothing(form):
    power, time = CLARKE
    there = two(power, time, form=form)
    turned = two([*power[::-1], np.nan, 300.0], [*time[::-1], 500.0, np.nan], form=form)
    for name in ("critical_power", "w_prime", "critical_power_low", "w_prime_high", "see", "n"):
        assert turned[name] == pytest.approx(there[name], rel=1e-7), name


@FORMS
@given(factor=st.floats(0.1, 1000))
@settings(max_examples=20, deadline=None)
def test_in_other_units_of_power_it_is_the_same_fit(form, factor):
    there, scaled = two(*CLARKE, form=form), two(np.array(CLARKE[0]) * factor, CLARKE[1], form=form)
    for name in ("critical_power", "w_prime"):
        assert scaled[name] == pytest.approx(there[name] * factor, rel=1e-6)


@FORMS
def test_a_batch_is_its_rows(form):
    rng = np.random.default_rng(5)
    power = np.array(CLARKE[0]) * rng.normal(1, 0.01, (6, 5))
    time = np.tile(np.array(CLARKE[1], dtype=float), (6, 1))
    power[2, 4] = np.nan
    together = two(power, time, form=form)
    for row in range(6):
        alone = two(power[row], time[row], form=form)
        for name in ("critical_power", "w_prime", "w_prime_low", "see", "n"):
            assert together[name][row] == pytest.approx(alone[name], rel=1e-7), name
        assert bool(together["usable"][row]) is alone["usable"]


@FORMS
def test_the_interval_holds_the_truth_as_often_as_it_says(form):
    rng = np.random.default_rng(11)
    time = np.tile([130.0, 200.0, 350.0, 600.0, 1100.0], (2000, 1))
    power = 250 + 20_000 / time
    # the error is where the form expects it
    if form == "time":
        time = time * (1 + 0.05 * rng.standard_normal(time.shape))
    elif form == "inverse_time":
        power = power + 4 * rng.standard_normal(time.shape)
    else:
        power = power + 1500 * rng.standard_normal(time.shape) / time
    found = two(power, time, form=form)
    for name, truth in (("critical_power", 250.0), ("w_prime", 20_000.0)):
        held = ((found[f"{name}_low"] <= truth) & (truth <= found[f"{name}_high"])).mean()
        assert 0.93 < held < 0.97


def test_the_fit_of_times_is_least_squares_of_their_relative_errors():
    from scipy.optimize import least_squares

    power, time = (np.array(part, dtype=float) for part in CLARKE)
    found = least_squares(
        lambda x: (time - x[1] * 1e4 / (power - x[0] * 100)) / time, [3.0, 2.0], xtol=1e-15, ftol=1e-15, gtol=1e-15
    )
    ours = two(power, time)
    assert [ours["critical_power"], ours["w_prime"]] == pytest.approx([found.x[0] * 100, found.x[1] * 1e4], rel=1e-6)
    assert ours["see"] == pytest.approx(math.sqrt(2 * found.cost / 3), rel=1e-6)


@FORMS
@pytest.mark.parametrize(
    ("power", "time"),
    [([], []), ([300], [300]), ([300, 300], [200, 400]), ([250, 300, 350], [200, 400, 800]), ([np.nan] * 3, [100] * 3)],
)
def test_efforts_that_determine_no_hyperbola_give_none(form, power, time):
    found = two(power, time, form=form)
    assert found["critical_power"] is None
    assert found["w_prime"] is None
    assert found["w_prime_low"] is None
    assert found["usable"] is False
    snapshot.dump(found)


def test_two_efforts_give_a_value_without_an_interval_that_is_not_usable():
    found = two([400, 300], [150, 600])
    assert found["critical_power"] == pytest.approx(800 / 3)
    assert found["critical_power_low"] is None
    assert found["see"] is None
    assert found["usable"] is False


@pytest.mark.parametrize(
    ("times", "fit"),
    [((120, 300, 1200), True), ((300, 400, 500), False), ((60, 300, 1200), False), ((120, 400, 1500), False)],
)
def test_usable_asks_for_the_window_and_the_ratio_of_the_durations(times, fit):
    assert two([250 + 20_000 / t for t in times], times)["usable"] is fit


def test_wrong_efforts_are_refused():
    for power, time in (([0, 300], [100, 200]), ([300, 250], [0, 100]), ([-1, 300], [100, 200])):
        with pytest.raises(DataError):
            two(power, time)
        with pytest.raises(DataError):
            three(power, time)
    with pytest.raises(UnknownName, match="inverse_time"):
        two(*CLARKE, form="inverse")


@given(
    st.tuples(st.floats(150, 400), st.floats(8_000, 35_000), st.floats(250, 1500)),
    st.permutations([5.0, 20.0, 60.0, 180.0, 400.0, 1000.0]),
)
@settings(max_examples=50, deadline=None)
def test_three_parameters_are_found_in_perfect_efforts(truth, times):
    critical, work, above = truth
    power = power_3p(np.array(times), critical, work, critical + above)
    found = three(power, times)
    assert found["critical_power"] == pytest.approx(critical, rel=1e-4)
    assert found["w_prime"] == pytest.approx(work, rel=1e-3)
    assert found["power_max"] == pytest.approx(critical + above, rel=1e-3)


def test_three_parameters_put_critical_power_lower_and_w_prime_higher_than_two():
    times = np.array([10.0, 60.0, 150.0, 300.0, 600.0, 1200.0])
    power = power_3p(times, 213, 28_066, 631) * (1 + 0.005 * np.array([1, -1, 1, -1, 1, -1]))
    both = three(power, times), two(power[2:], times[2:])
    assert both[0]["critical_power"] < both[1]["critical_power"]
    assert both[0]["w_prime"] > both[1]["w_prime"]


def test_a_measured_peak_bounds_the_highest_power():
    times = np.array([10.0, 60.0, 150.0, 300.0, 600.0, 1200.0])
    power = power_3p(times, 213, 28_066, 631)
    assert 500 < power.max() < 600
    assert three(power, times, highest=600.0)["power_max"] == pytest.approx(600, rel=1e-9)
    with pytest.raises(DataError, match="highest"):
        three(power, times, highest=500.0)
    assert three(power, times, highest=900.0)["power_max"] == pytest.approx(631, rel=1e-5)


def test_efforts_without_a_bend_have_no_highest_power():
    times = np.array([60.0, 120.0, 300.0, 600.0])
    power = 250 + 20_000 / (times - 4)  # steeper at short times than any hyperbola through zero
    found = three(power, times)
    assert found["power_max"] is None
    assert found["critical_power"] is None
    assert found["usable"] is False
    assert three(power, times, highest=2000.0)["power_max"] == pytest.approx(2000)
    assert np.isinf(fit_time([450.0, 350.0], [100.0, 200.0]).power_max)


@given(st.floats(214, 630))
def test_time_and_power_of_three_parameters_are_inverse(watts):
    time = time_3p(watts, 213, 28_066, 631)
    assert power_3p(time, 213, 28_066, 631) == pytest.approx(watts, rel=1e-9)


def test_what_the_models_do_not_know_is_undefined():
    assert time_3p(213, 213, 28_066, 631) is None
    assert time_3p(100, 213, 28_066, 631) is None
    assert time_3p(632, 213, 28_066, 631) is None
    assert predict(250, 20_000, 0) is None
    assert np.isnan(predict(250, 20_000, [0, 100])).tolist() == [True, False]
    assert power_3p(0, 213, 28_066, 631) == pytest.approx(631)
    assert speed_time(5, 200, 150) is None
    for wrong in ((300, 213, 28_066, 213), (300, 213, 0, 631), (-1, 213, 28_066, 631)):
        with pytest.raises(DataError):
            time_3p(*wrong)
        with pytest.raises(DataError):
            power_3p(*wrong)


@given(st.floats(2, 6), st.floats(50, 400), st.lists(st.integers(100, 1500), min_size=2, max_size=6, unique=True))
@settings(deadline=None)
def test_critical_speed_is_found_and_predicts_its_own_races(critical, reserve, times):
    distance = [critical * t + reserve for t in times]
    found = speed(distance, times)
    assert found["speed"] == pytest.approx(critical, rel=1e-6)
    assert found["d_prime"] == pytest.approx(reserve, rel=1e-4)
    assert speed_time(found["speed"], found["d_prime"], distance[0]) == pytest.approx(times[0], rel=1e-6)


def test_a_negative_reserve_of_distance_is_undefined():
    found = speed([1000, 3000], [300, 600])
    assert found["speed"] is None
    assert found["d_prime"] is None


def test_a_line_is_that_of_scipy():
    from scipy.stats import linregress

    x, y = np.array([1.0, 2.0, 4.0, 7.0]), np.array([2.0, 1.5, 5.0, 9.0])
    ours, theirs = line(x, y), linregress(x, y)
    assert [float(v) for v in (ours.slope, ours.intercept, ours.slope_error, ours.intercept_error)] == pytest.approx(
        [theirs.slope, theirs.intercept, theirs.stderr, theirs.intercept_stderr]
    )
    assert np.isnan(half_width(1.0, 0))
