"""Weekly and daily forecasts, and the filters under them against statsmodels."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.api import Holt, SimpleExpSmoothing
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from fitintel.core import days, snapshot
from fitintel.core.errors import UsageError
from fitintel.intelligence import smoothing
from fitintel.intelligence.algorithms.forecast.daily_forecast import daily_forecast
from fitintel.intelligence.algorithms.forecast.weekly_forecast import weekly_forecast
from fitintel.workbench.evaluate_forecast import evaluate_forecast

MONDAY = days.week_start(19000)
totals = st.lists(st.integers(0, 30).map(float) | st.just(float("nan")), max_size=60)


def weekly(values, **parameters):
    return weekly_forecast(MONDAY + 7 * np.arange(len(values)), values, **parameters)


def daily(values, **parameters):
    return daily_forecast(MONDAY + np.arange(len(values)), values, **parameters)


def life(seed: int, n: int = 156) -> np.ndarray:
    rng = np.random.default_rng(seed)
    level = np.exp(np.cumsum(rng.normal(0, 0.05, n)))
    return 20000 * level * rng.gamma(5, 0.2, n) * (rng.random(n) > 0.04)


# filters


@pytest.mark.parametrize("alpha", [0.05, 0.3, 0.8])
def test_simple_smoothing_agrees_with_statsmodels(alpha: float) -> None:
    values = life(1, 80)
    level, _, ahead = smoothing.filter_damped(values, np.array([alpha]), np.zeros(1), np.ones(1))
    expected = SimpleExpSmoothing(values, initialization_method="known", initial_level=values[0]).fit(
        smoothing_level=alpha, optimized=False
    )
    assert ahead[1:, 0] == pytest.approx(expected.fittedvalues[1:])
    assert level[-1, 0] == pytest.approx(expected.forecast(1)[0])


def test_simple_smoothing_of_the_oil_data() -> None:
    oil = [446.6565, 454.4733, 455.663, 423.6322, 456.2713, 440.5881, 425.3325, 485.1494, 506.0482, 526.792, 514.2689,
           494.211]  # fmt: skip
    level, _, _ = smoothing.filter_damped(np.array(oil), np.array([0.2]), np.zeros(1), np.ones(1))
    assert level[-1, 0] == pytest.approx(484.80246538161776, rel=1e-9)


@pytest.mark.parametrize(("alpha", "beta", "phi"), [(0.3, 0.1, 0.9), (0.7, 0.4, 0.8), (0.1, 0.05, 0.98)])
def test_damped_trend_agrees_with_statsmodels(alpha: float, beta: float, phi: float) -> None:
    values = life(2, 60)
    level, trend, ahead = smoothing.filter_damped(values, np.array([alpha]), np.array([beta]), np.array([phi]))
    expected = Holt(
        values, damped_trend=True, initialization_method="known", initial_level=values[0], initial_trend=0.0
    ).fit(smoothing_level=alpha, smoothing_trend=beta, damping_trend=phi, optimized=False)
    assert ahead[1:, 0] == pytest.approx(expected.fittedvalues[1:])
    reach = np.cumsum(phi ** np.arange(1, 5))
    assert level[-1, 0] + reach * trend[-1, 0] == pytest.approx(expected.forecast(4))


def test_weekday_smoothing_agrees_with_statsmodels() -> None:
    values = np.random.default_rng(3).gamma(3, 10, 140) * np.tile([1, 0.2, 1, 0.5, 1, 2, 3], 20)
    level, season, ahead = smoothing.filter_seasonal(values, np.array([0.2]), np.array([0.1]), period=7)
    start = values[:7].mean()
    model = ETSModel(
        values, error="add", seasonal="add", seasonal_periods=7, initialization_method="known", initial_level=start,
        initial_seasonal=(values[:7] - start),
    )  # fmt: skip
    expected = model.smooth([0.2, 0.1, start, *(values[:7] - start)[::-1]])
    assert ahead[:, 0] == pytest.approx(np.asarray(expected.fittedvalues))
    assert level[-1, 0] + season[-7:, 0] == pytest.approx(np.asarray(expected.forecast(7)))


def test_theta_agrees_with_its_two_lines() -> None:
    values = 50 + 0.8 * np.arange(120) + np.random.default_rng(4).normal(0, 4, 120)
    alpha = np.array(smoothing.SMOOTHING)
    ahead = smoothing.filter_damped(values, alpha, np.zeros_like(alpha), np.ones_like(alpha))[2]
    chosen = alpha[smoothing.best_so_far(values, ahead)[-1]]
    fitted = ThetaModel(values, deseasonalize=False).fit(use_mle=False)
    level = SimpleExpSmoothing(values, initialization_method="known", initial_level=values[0]).fit(
        smoothing_level=chosen, optimized=False
    )
    half = 0.5 * fitted.params["b0"]
    expected = level.forecast(1)[0] + half * (np.arange(4) + (1 - (1 - chosen) ** 120) / chosen)
    assert smoothing.theta(values, 4)[-1] == pytest.approx(expected)
    assert smoothing.theta(values, 4)[-1] == pytest.approx(np.asarray(fitted.forecast(4)), rel=0.02)


def test_each_origins_constants_are_the_best_of_its_own_past() -> None:
    values = life(5, 50)
    alpha = np.array(smoothing.SMOOTHING)
    level, _, ahead = smoothing.filter_damped(values, alpha, np.zeros_like(alpha), np.ones_like(alpha))
    for t in (10, 30, 49):
        best = np.argmin([np.abs(values[1 : t + 1] - ahead[1 : t + 1, g]).sum() for g in range(len(alpha))])
        assert smoothing.simple_smoothing(values, 2)[t].tolist() == [level[t, best]] * 2


def test_plain_candidates_say_what_their_names_say() -> None:
    values = np.array([2.0, 4.0, np.nan, 5.0, 8.0])
    assert smoothing.naive(values, 2)[2].tolist() == [4, 4]
    assert smoothing.drift(values, 2)[4].tolist() == pytest.approx([9.5, 11])
    assert smoothing.rolling_mean(values, 1, window=3)[:, 0].tolist() == [2, 3, 3, 4.5, 6.5]
    assert smoothing.seasonal_naive(values, 2, period=4)[4].tolist() == pytest.approx([4, np.nan], nan_ok=True)
    same_weekday = smoothing.rolling_mean(np.arange(14.0), 7, window=2, period=7)[13]
    assert same_weekday.tolist() == [3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]


# what is said


def test_a_steady_athlete_gets_four_weeks_with_intervals() -> None:
    values = np.random.default_rng(6).gamma(16, 1000, 156)
    said = weekly(values)
    assert said["verdict"] == "model"
    assert said["week"].tolist() == [MONDAY + 7 * (156 + h) for h in range(4)]
    assert said["mean"] == pytest.approx(np.full(4, 16000), rel=0.15)
    assert said["mase"] < said["mase_naive"]
    assert said["mase"] < said["mase_seasonal_naive"]
    assert 0.7 < said["achieved"] < 0.9
    assert said["achieved_low"] < said["achieved"] < said["achieved_high"]
    assert said["model"] in said["candidates"]


def test_weekdays_are_told_apart() -> None:
    rng = np.random.default_rng(7)
    pattern = np.tile([0, 30, 0, 45, 0, 60, 100], 60) * rng.gamma(30, 1 / 30, 420)
    said = daily(pattern)
    assert said["verdict"] == "model"
    assert said["mean"] == pytest.approx([0, 30, 0, 45, 0, 60, 100], abs=8)
    assert said["day"].tolist() == list(range(MONDAY + 420, MONDAY + 427))
    assert said["low"][0] == said["low"][2] == 0


def test_the_week_does_not_change_when_its_days_begin_in_the_middle() -> None:
    rng = np.random.default_rng(8)
    pattern = np.tile([0, 30, 0, 45, 0, 60, 100], 40) * rng.gamma(30, 1 / 30, 280)
    midweek = daily(pattern[:277])["mean"]
    assert midweek == pytest.approx([0, 60, 100, 0, 30, 0, 45], abs=10)


def test_a_random_walk_is_left_to_the_naive_forecast() -> None:
    steps = np.random.default_rng(11).normal(0, 1, 300)
    values = 1000 + np.cumsum(steps)
    said = weekly(values)
    assert said["mase"] >= said["mase_naive"] - 0.05
    if said["verdict"] == "naive":
        assert said["model"] == "naive"
        assert said["mean"].tolist() == [values[-1]] * 4
    assert said["mean"] == pytest.approx(np.full(4, values[-1]), abs=3)


@pytest.mark.parametrize(
    ("n", "verdict"), [(0, "insufficient"), (1, "insufficient"), (26, "insufficient"), (27, "model")]
)
def test_eight_origins_are_needed(n: int, verdict: str) -> None:
    said = weekly(np.random.default_rng(1).gamma(9, 100, 27)[:n])
    assert said["verdict"] == verdict
    assert said["needed"] == 27
    assert said["n"] == n
    assert len(said["mean"]) == len(said["week"]) == len(said["low"]) == (4 if verdict == "model" else 0)
    assert (said["model"] is None) == (verdict == "insufficient")


@pytest.mark.parametrize("value", [0.0, 12.5])
@pytest.mark.parametrize("forecast", [weekly, daily])
def test_a_constant_series_goes_on(forecast, value: float) -> None:
    said = forecast(np.full(150, value))
    assert said["verdict"] == "naive"
    assert said["mase"] is None
    assert set(said["mean"]) == {value}
    assert said["high"] == pytest.approx(said["mean"])
    assert said["low"] == pytest.approx(said["mean"])
    assert said["achieved"] == 1.0


def test_missing_weeks_are_neither_zero_nor_fatal() -> None:
    values = np.full(120, 100.0) + np.random.default_rng(0).normal(0, 5, 120)
    values[np.random.default_rng(1).random(120) < 0.3] = np.nan
    said = weekly(values)
    assert said["mean"] == pytest.approx(np.full(4, 100), abs=8)
    assert said["n"] == np.isfinite(values).sum()


def test_a_series_that_is_all_missing_is_insufficient() -> None:
    assert weekly(np.full(100, np.nan))["verdict"] == "insufficient"
    assert daily(np.full(400, np.nan))["verdict"] == "insufficient"


def test_days_beyond_the_recent_ones_change_nothing() -> None:
    values = np.random.default_rng(2).gamma(2, 10, 600)
    other = values.copy()
    other[:200] *= 9
    one, two = daily(values, recent=364), daily(other, recent=364)
    assert one["mean"].tolist() == two["mean"].tolist()
    assert one["achieved"] == two["achieved"]


@settings(max_examples=30, deadline=None)
@given(totals, st.sampled_from([weekly, daily]))
def test_never_negative_and_never_outside_its_interval(values: list[float], forecast) -> None:
    said = forecast(values)
    assert (said["low"] >= 0).all()
    assert (said["low"] <= said["mean"]).all()
    assert (said["mean"] <= said["high"]).all()
    again = snapshot.load(snapshot.dump(said))
    assert snapshot.digest(again) == snapshot.digest(said)


def test_given_values_are_not_written_to() -> None:
    values = life(3, 60)
    values[5] = np.inf
    values.flags.writeable = False
    kept = values.copy()
    assert weekly(values)["n"] == 59
    assert np.array_equal(values, kept)


def test_a_hole_between_weeks_and_a_negative_total_are_refused() -> None:
    with pytest.raises(UsageError, match="without a gap"):
        weekly_forecast([0, 7, 21], [1.0, 2.0, 3.0])
    with pytest.raises(UsageError, match="never negative"):
        weekly_forecast([0, 7, 14], [1.0, -2.0, 3.0])


# over athletes


def squad(n: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    lengths = [156, 156, 120, 80, 20] * (n // 5)
    return {f"a{k}": (MONDAY + 7 * np.arange(length), life(20 + k, length)) for k, length in enumerate(lengths)}


def test_a_squads_score_counts_athletes_and_tests() -> None:
    score = evaluate_forecast(squad(10))
    assert len(score.athletes) == 10
    assert (score.tested, score.compared) == (8, 6)
    assert score.tests == sum(row.tests for row in score.athletes)
    assert score.achieved == sum(row.inside for row in score.athletes) / score.tests
    compared = [row for row in score.athletes if row.loses is not None]
    assert score.mase == pytest.approx(np.median([row.mase for row in compared]))
    assert score.mase < score.mase_seasonal_naive
    assert score.losing == np.mean([row.mase >= row.mase_seasonal_naive for row in compared])
    assert len(score.horizon_mase) == len(score.horizon_achieved) == 4
    short = [row for row in score.athletes if row.weeks <= 20]
    assert [row.verdict for row in short] == ["insufficient"] * len(short)


def test_scores_do_not_depend_on_who_comes_first_and_are_plain_values() -> None:
    series = squad(5)
    back = dict(reversed(series.items()))
    assert evaluate_forecast(series) == evaluate_forecast(back)
    plain = json.loads(json.dumps(evaluate_forecast(series).as_dict()))
    assert plain["athletes"][0]["athlete_id"] == "a0"
    assert plain["athletes"][0]["loses"] in (True, False)


def test_no_athletes_give_no_figures() -> None:
    score = evaluate_forecast({})
    assert (score.mase, score.achieved, score.losing, score.tests) == (None, None, None, 0)
