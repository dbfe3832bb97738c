"""The rolling-origin back-test: nothing looks ahead, the choice is nested, the figures are what they are called."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.intelligence import smoothing
from fitintel.intelligence.backtest import NAIVE, backtest, choose, naive_scale, targets
from fitintel.intelligence.conformal import adapted, adaptive_intervals, wilson_interval

SETTINGS = {"initial": 16, "nominal": 0.8, "gamma": 0.02, "window": 104}
totals = st.lists(st.integers(0, 30).map(float) | st.just(float("nan")), min_size=24, max_size=70)


def candidates(values: np.ndarray, horizon: int = 4) -> dict[str, np.ndarray]:
    made = {
        NAIVE: smoothing.naive(values, horizon),
        "drift": smoothing.drift(values, horizon),
        "mean": smoothing.rolling_mean(values, horizon, window=13),
        "seasonal naive": smoothing.seasonal_naive(values, horizon, period=12),
        "simple": smoothing.simple_smoothing(values, horizon),
        "damped": smoothing.damped_trend(values, horizon),
        "theta": smoothing.theta(values, horizon),
        "seasonal": smoothing.seasonal_smoothing(values, horizon, period=7),
    }
    return {name: np.maximum(forecast, 0) for name, forecast in made.items()}


def test_mase_of_the_textbook_example() -> None:
    train, actual, forecast = [10, 12, 11, 13, 12, 14, 13, 15], np.array([14, 16]), np.array([15, 15])
    assert np.abs(actual - forecast).mean() / naive_scale(np.array(train, float))[-1] == pytest.approx(7 / 11)


def test_mase_is_the_mean_over_tested_origins_and_horizons() -> None:
    values = np.random.default_rng(0).gamma(4, 10, 40)
    tested = backtest(values, candidates(values), **SETTINGS)
    expected = []
    for t in range(15, 36):
        scale = np.abs(np.diff(values[: t + 1])).mean()
        expected += [abs(values[t + h] - values[t]) / scale for h in (1, 2, 3, 4)]
    assert tested.tested.tolist() == list(range(15, 36))
    assert tested.mase(NAIVE) == pytest.approx(np.mean(expected))
    assert tested.tests(NAIVE) == len(expected)
    assert np.mean(tested.mase_by_horizon(NAIVE)) == pytest.approx(tested.mase(NAIVE))


def test_targets_end_where_the_series_ends() -> None:
    assert np.array_equal(
        targets(np.array([1.0, 2.0, 3.0]), 2), [[2, 3], [3, np.nan], [np.nan, np.nan]], equal_nan=True
    )


@settings(max_examples=30, deadline=None)
@given(totals, st.data())
def test_what_comes_later_changes_nothing_said_before(values: list[float], data: st.DataObject) -> None:
    now = data.draw(st.integers(2, len(values) - 1))
    other = data.draw(st.lists(st.integers(0, 90).map(float), min_size=len(values) - now, max_size=len(values) - now))
    one, two = np.array(values), np.array(values[:now] + other)
    first, second = (backtest(series, candidates(series), **SETTINGS) for series in (one, two))
    for name in ("chosen", "forecast", "low", "high"):
        assert np.array_equal(getattr(first, name)[:now], getattr(second, name)[:now], equal_nan=True), name
    cut = backtest(one[:now], candidates(one[:now]), **SETTINGS)
    assert np.array_equal(cut.forecast, first.forecast[:now], equal_nan=True)
    for name, forecast in candidates(one).items():
        assert np.array_equal(forecast[:now], candidates(two)[name][:now], equal_nan=True), name


def test_the_choice_uses_only_errors_known_by_then() -> None:
    # "late" is perfect from the 20th origin on, and dreadful before: it must not be chosen at once
    rng = np.random.default_rng(1)
    n, horizon = 80, 2
    base = rng.uniform(1, 2, (n, horizon))
    late = np.where(np.arange(n)[:, None] < 20, 50.0, 0.0) * np.ones((1, horizon))
    errors = {NAIVE: base, "late": late}
    chosen = choose(errors)
    for t in range(n):
        known = [(s, h) for s in range(n) for h in range(horizon) if s + h + 1 <= t]
        sums = {name: sum(errors[name][s, h] for s, h in known) for name in errors}
        expected = int(len(known) >= 8 and sums["late"] < sums[NAIVE])
        assert chosen[t] == expected


def test_a_late_starter_is_judged_on_its_own_weeks() -> None:
    base = np.full((60, 1), 1.0)
    base[:30] = 100.0
    late = np.full((60, 1), np.nan)
    late[30:] = 2.0  # twice naive's error on the same weeks, though far below naive's average
    assert choose({NAIVE: base, "late": late}).tolist() == [0] * 60


@settings(max_examples=40, deadline=None)
@given(totals)
def test_intervals_hold_the_forecast_and_are_never_negative(values: list[float]) -> None:
    series = np.array(values)
    tested = backtest(series, candidates(series), **SETTINGS)
    made = np.isfinite(tested.low)
    assert (tested.low[made] >= 0).all()
    assert (tested.low[made] <= tested.forecast[made]).all()
    assert (tested.forecast[made] <= tested.high[made]).all()


@settings(max_examples=25, deadline=None)
@given(totals, st.sampled_from([0.25, 4.0, 1024.0]))
def test_another_unit_changes_the_numbers_and_not_the_choice(values: list[float], scale: float) -> None:
    one, two = np.array(values), np.array(values) * scale
    first, second = (backtest(series, candidates(series), **SETTINGS) for series in (one, two))
    assert first.chosen.tolist() == second.chosen.tolist()
    assert np.allclose(second.high, first.high * scale, equal_nan=True)
    assert first.coverage() == second.coverage()


def test_adaptive_alpha_follows_the_published_recursion() -> None:
    alpha, seen = 0.1, [0.1]
    for miss in (0, 0, 1, 0, 1, 1, 0):
        alpha = adapted(alpha, target=0.1, miss=bool(miss), gamma=0.05)
        seen.append(alpha)
    assert seen == pytest.approx([0.1, 0.105, 0.11, 0.065, 0.07, 0.025, -0.02, -0.015])


@pytest.mark.parametrize("kind", ["calm", "level shifts", "growing", "many rests"])
def test_coverage_stays_near_nominal_whatever_the_series_does(kind: str) -> None:
    rng = np.random.default_rng(7)
    values = rng.gamma(4, 5, 500)
    if kind == "level shifts":
        values *= np.repeat([1, 4, 0.5, 2, 1], 100)
    elif kind == "growing":
        values *= np.linspace(1, 12, 500)
    elif kind == "many rests":
        values *= rng.random(500) > 0.4
    forecast = smoothing.naive(values, 2)
    low, high = adaptive_intervals(values, forecast, nominal=0.8, gamma=0.02, window=104)
    for h in (1, 2):
        inside = [low[t, h - 1] <= values[t + h] <= high[t, h - 1] for t in range(20, 500 - h)]
        # Gibbs & Candes 2021, proposition 4.1, with room for the delay of h steps
        bound = (0.8 + 0.02) / (0.02 * len(inside))
        assert abs(np.mean(inside) - 0.8) <= min(bound, 0.05)


def test_no_interval_is_given_from_fewer_than_nine_errors() -> None:
    values = np.random.default_rng(0).gamma(4, 5, 30)
    low, _ = adaptive_intervals(values, smoothing.naive(values, 3), nominal=0.8, gamma=0.02, window=104)
    # the first forecast of h steps is checked h weeks later; nine of them are known at h + 8
    assert [int(np.flatnonzero(np.isfinite(low[:, h - 1]))[0]) for h in (1, 2, 3)] == [9, 10, 11]


def test_before_alpha_moves_the_interval_is_that_of_split_conformal_prediction() -> None:
    errors = np.array([0.5, -1.2, 0.3, 2.0, -0.8, 1.1, -0.9, 0.4, -1.6, 1.4])
    values = np.concatenate([[9.0], (3 + errors) ** 2])
    low, high = adaptive_intervals(values, np.full((11, 1), 9.0), nominal=0.8, gamma=0.0, window=100)
    assert low[-1, 0] == pytest.approx((3 - 1.6) ** 2)
    assert high[-1, 0] == pytest.approx((3 + 2.0) ** 2)


def test_wilson_interval_of_eight_in_ten() -> None:
    assert wilson_interval(8, 10) == pytest.approx((0.49016247153664183, 0.9433178485456247))
    assert wilson_interval(0, 10)[0] == pytest.approx(0, abs=1e-12)
    assert wilson_interval(10, 10)[1] == 1.0


def test_without_a_test_there_is_no_figure() -> None:
    values = np.arange(6.0)
    tested = backtest(values, candidates(values), **SETTINGS)
    assert tested.mase() is None
    assert tested.coverage() == {"achieved": None, "achieved_low": None, "achieved_high": None, "n_tests": 0}


def test_a_constant_past_has_no_scale() -> None:
    assert naive_scale(np.full(5, 3.0))[-1] == 0
    values = np.full(60, 3.0)
    assert backtest(values, candidates(values), **SETTINGS).mase() is None
    assert math.isnan(naive_scale(np.array([1.0]))[0])
