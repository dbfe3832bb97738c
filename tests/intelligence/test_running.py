"""Running: gradients, climbing, efficiency, decoupling, cadence, lengths of a pool."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError, UnknownName
from fitintel.intelligence.gradient_cost import HEART_RATE_POINTS
from fitintel.intelligence.registry import get

cost, pace, factor = get("minetti_cr"), get("grade_adjusted_pace_minetti"), get("grade_factor_heart_rate")
gain, decoupling, cadence = get("elevation_gain_hysteresis"), get("aerobic_decoupling"), get("cadence_residual")
HEIGHTS = st.lists(st.floats(-100, 3000), min_size=1, max_size=40)


def test_the_polynomial_lies_within_one_sd_of_what_was_measured():
    for gradient, mean, sd in ((0.0, 3.40, 0.24), (0.45, 18.93, 1.74), (-0.20, 1.73, 0.36), (-0.45, 3.92, 0.81)):
        assert cost(gradient) == pytest.approx(mean, abs=sd)


@given(st.floats(-2, 2), st.floats(0.1, 2))
def test_cost_is_positive_and_held_beyond_the_measured_range(gradient, seconds):
    assert cost(gradient) >= 1.7
    assert cost(gradient) == cost(min(max(gradient, -0.45), 0.45))
    assert pace(seconds, gradient) * cost(gradient) == pytest.approx(seconds * 3.6)
    assert pace(seconds * 1000, gradient) == pytest.approx(1000 * pace(seconds, gradient))


@given(st.floats(0.0, 0.44), st.floats(0.0001, 0.01))
def test_uphill_costs_more_the_steeper_it_is(gradient, more):
    assert cost(gradient + more) > cost(gradient)
    assert factor(gradient + more) >= factor(gradient)


def test_the_flat_is_left_as_it_is():
    assert pace(0.287, 0.0) == pytest.approx(0.287, rel=1e-12)
    assert factor(0.0) == 1.0
    assert factor(None) is None
    with pytest.raises(DataError):
        pace(0.0, 0.1)


def test_the_heart_rate_curve_goes_through_its_points_and_never_leaves_their_range():
    x, y = np.array(HEART_RATE_POINTS).T
    assert factor(x) == pytest.approx(y)
    for (left, low), (right, high) in pairwise(HEART_RATE_POINTS):
        between = factor(np.linspace(left, right, 50))
        assert between.min() >= min(low, high) - 1e-12
        assert between.max() <= max(low, high) + 1e-12
    assert factor([-0.5, 0.5]).tolist() == pytest.approx([y[0], y[-1]])
    assert (np.abs(np.diff(factor(np.linspace(-0.2, 0.2, 4001)))) < 2e-3).all()


def test_the_heart_rate_curve_is_the_monotone_cubic_of_scipy():
    interpolate = pytest.importorskip("scipy.interpolate")
    x, y = np.array(HEART_RATE_POINTS).T
    grid = np.linspace(-0.2, 0.2, 401)
    assert factor(grid) == pytest.approx(interpolate.PchipInterpolator(x, y)(grid), abs=1e-12)


@given(HEIGHTS, st.floats(0, 20), st.floats(-500, 500))
def test_gain_is_at_most_the_sum_of_rises_and_does_not_depend_on_sea_level(heights, threshold, shift):
    rises = float(np.maximum(np.diff(heights), 0).sum())
    assert 0 <= gain(heights, threshold=threshold) <= rises + 1e-6
    whole = np.round(heights)
    assert gain(whole + round(shift), threshold=threshold) == gain(whole, threshold=threshold)
    assert gain(heights, threshold=0) == pytest.approx(rises, abs=1e-6)


def test_noise_is_no_climb_and_missing_heights_are_passed_over():
    assert gain([100, 102, 100, 102, 100] * 20) == 0.0
    assert gain([100, np.nan, 110]) == 10.0
    assert gain([np.nan]) is None
    assert gain([[0, 10], [10, 0], [np.nan, np.nan]])[:2].tolist() == [10.0, 0.0]
    with pytest.raises(DataError):
        gain([1, 2], threshold=-1)


def test_efficiency_is_kept_in_the_unit_that_is_asked_for():
    efficiency = get("efficiency_factor")
    metres, yards = efficiency(3.0, 150, unit="m/min"), efficiency(3.0, 150, unit="yd/min")
    assert metres == pytest.approx(1.2)
    assert yards == pytest.approx(metres / 0.9144)
    assert efficiency(200, 0) is None
    assert efficiency(200, None) is None
    with pytest.raises(UnknownName, match="yd/min"):
        efficiency(3.0, 150, unit="yards")


@given(st.floats(50, 400), st.floats(90, 180), st.integers(2, 100), st.floats(0.5, 5))
def test_steady_work_does_not_decouple_whatever_the_unit(output, hr, n, unit):
    assert decoupling([output] * n, [hr] * n) == pytest.approx(0, abs=1e-9)
    drifting = np.linspace(hr, hr + 20, n)
    assert decoupling(np.full(n, output) * unit, drifting) == pytest.approx(decoupling([output] * n, drifting))
    assert decoupling([output] * n, drifting) > 0


def test_samples_without_heart_rate_are_left_out_of_both_means():
    hr, power = [140.0] * 60 + [150.0] * 60, [200.0] * 120
    plain = decoupling(power, hr)
    hr[10:20], power[10:20] = [0.0] * 10, [999.0] * 10
    assert decoupling(power, hr) == pytest.approx(plain)
    assert decoupling([200.0] * 10, [0.0] * 10) is None
    assert decoupling([], []) is None
    with pytest.raises(DataError, match="shape"):
        decoupling([1.0, 2.0], [100.0])


def test_a_short_or_stopped_session_has_no_decoupling_when_the_spacing_is_known():
    hour, heart = np.full(3600, 3.0), np.linspace(140, 160, 3600)
    assert decoupling(hour, heart, dt=1.0) == pytest.approx(decoupling(hour[600:], heart[600:]))
    assert decoupling(hour[:2900], heart[:2900], dt=1.0) is None
    stopped = hour.copy()
    stopped[1000:1200] = 0.0
    assert decoupling(stopped, heart, dt=1.0) is None
    assert decoupling([200.0] * 120, [140.0] * 120) == 0.0


def test_one_leg_is_doubled_and_the_residual_is_from_the_own_line():
    speed = np.linspace(2.5, 4.0, 20)
    steps = 150 + 6 * speed
    found = cadence(speed, steps / 2, 3.0, 172.0)
    assert found["expected"] == pytest.approx(168)
    assert found["residual"] == pytest.approx(4)
    assert not found["doubled"]
    wild = steps.copy()
    wild[3] = 60.0
    assert cadence(speed, wild, 3.0, 172.0)["residual"] == pytest.approx(4, abs=0.5)


def test_no_cadence_is_expected_outside_the_own_speeds_or_with_few_runs():
    speed = np.linspace(2.5, 4.0, 20)
    for values in ((speed, 170 + speed, 5.0, 180), (speed[:9], 170 + speed[:9], 3.0, 170), (speed, speed, 3.0, None)):
        assert cadence(*values)["residual"] is None
    assert cadence([3.0] * 12, [170.0] * 12, 3.0, 171)["residual"] == 1.0


@given(st.floats(0.5, 4), st.floats(5, 60), st.floats(10, 50))
def test_swolf_is_seconds_plus_strokes(seconds_per_metre, rate, length):
    found = get("swolf")(seconds_per_metre, rate, length)
    assert found == pytest.approx(seconds_per_metre * length * (1 + rate / 60))
