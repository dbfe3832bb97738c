"""Theil-Sen slope, Mann-Kendall and the verdict on a trend."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, rankdata, theilslopes

from fitintel.core import snapshot
from fitintel.intelligence.algorithms.trend.theil_sen_trend import theil_sen_trend
from fitintel.intelligence.slopes import mann_kendall, ranks, theil_sen, variance_inflation

series = st.lists(st.integers(0, 40).map(float), min_size=10, max_size=40)


def test_slope_of_the_cloud_seeding_example() -> None:
    assert theil_sen(np.array([1.26, 1.27, 1.12, 1.16, 1.03])) == pytest.approx(-0.05625, abs=1e-12)


@given(series)
def test_mann_kendall_agrees_with_kendalls_tau(values: list[float]) -> None:
    x = np.array(values)
    got = mann_kendall(x)
    n = len(x)
    tied = np.unique(x, return_counts=True)[1]
    pairs = n * (n - 1) / 2
    expected = kendalltau(np.arange(n), x).statistic
    if got["s"]:
        assert got["s"] / np.sqrt(pairs * (pairs - (tied * (tied - 1) / 2).sum())) == pytest.approx(expected)
    else:
        assert got["p"] == 1.0


@given(series)
def test_slope_and_interval_agree_with_scipy_without_autocorrelation(values: list[float]) -> None:
    got = theil_sen_trend(values, persistent=False)
    expected = theilslopes(values, alpha=0.9)
    assert got["slope"] == pytest.approx(expected.slope)
    if got["p"] < 1 or got["low"] != got["high"]:
        assert got["low"] == pytest.approx(expected.low_slope)
        assert got["high"] == pytest.approx(expected.high_slope)


@given(series)
def test_ranks_agree_with_scipy(values: list[float]) -> None:
    assert ranks(np.array(values)).tolist() == rankdata(values).tolist()


def test_autocorrelation_widens_and_never_narrows_the_interval() -> None:
    rng = np.random.default_rng(1)
    noise = rng.standard_normal(60)
    runs = np.convolve(noise, np.ones(4), "valid") + 20
    zigzag = 20 + np.diff(noise)
    assert variance_inflation(runs, 3) > 1.5
    assert variance_inflation(zigzag, 3) < 1
    for values, changes in ((runs, True), (zigzag, False)):
        plain, corrected = theil_sen_trend(values, persistent=False), theil_sen_trend(values)
        assert (corrected["high"] - corrected["low"] > plain["high"] - plain["low"]) is changes
        assert corrected["p"] >= plain["p"]


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (np.linspace(10, 20, 26), "improving"),
        (np.linspace(20, 10, 26), "declining"),
        (np.full(26, 7.0), "plateau"),
        (np.zeros(26), "plateau"),
        (np.tile([10.0, 10.2, 9.9, 10.1], 13), "plateau"),
        (np.random.default_rng(3).gamma(4, 2.5, 20), "uncertain"),
        (np.linspace(10, 20, 9), "insufficient"),
        (np.full(30, np.nan), "insufficient"),
        (np.array([]), "insufficient"),
    ],
)
def test_verdict(values: np.ndarray, verdict: str) -> None:
    assert theil_sen_trend(values)["verdict"] == verdict


def test_a_missing_week_keeps_its_place() -> None:
    line = np.arange(20.0)
    line[[3, 4, 11]] = np.nan
    got = theil_sen_trend(line)
    assert (got["slope"], got["n"]) == (1.0, 17)


def test_infinite_values_count_as_missing_and_the_input_is_left_alone() -> None:
    values = np.arange(12.0)
    values[5] = np.inf
    values.flags.writeable = False
    assert theil_sen_trend(values)["n"] == 11


def test_a_share_of_nothing_is_not_given() -> None:
    got = theil_sen_trend([0.0] * 8 + [1.0, 2.0, 3.0])
    assert got["relative"] is None


@given(series, st.integers(1, 50), st.integers(0, 1000))
def test_shift_and_scale_move_slope_but_not_p(values: list[float], scale: int, shift: int) -> None:
    plain = theil_sen_trend(values)
    moved = theil_sen_trend([scale * value + shift for value in values])
    for key in ("slope", "low", "high"):
        assert moved[key] == pytest.approx(scale * plain[key], abs=1e-9)
    assert moved["p"] == pytest.approx(plain["p"])


@given(series)
def test_a_reversed_series_has_the_opposite_slope(values: list[float]) -> None:
    forward, back = theil_sen_trend(values, persistent=False), theil_sen_trend(values[::-1], persistent=False)
    assert back["slope"] == pytest.approx(-forward["slope"])
    assert back["p"] == pytest.approx(forward["p"])


@given(series)
def test_slope_lies_in_its_interval_and_the_result_is_a_snapshot(values: list[float]) -> None:
    got = theil_sen_trend(values)
    assert got["low"] <= got["slope"] <= got["high"]
    assert snapshot.load(snapshot.dump(got)) == got
