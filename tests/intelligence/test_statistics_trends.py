"""Theil-Sen and Mann-Kendall at any length, and the exact selection behind them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from fitintel.core.errors import DataError
from fitintel.intelligence import inversions
from fitintel.intelligence.registry import get
from fitintel.intelligence.slope_ranks import Slopes

theil_sen, mann_kendall, hamed_rao = get("theil_sen"), get("mann_kendall"), get("mann_kendall_hamed_rao")
WHOLE = st.integers(-1000, 1000).map(float)


def every_slope(x, y):
    first, second = np.triu_indices(len(x), 1)
    apart = x[first] != x[second]
    return np.sort(((y[second] - y[first])[apart]) / (x[second] - x[first])[apart])


@given(st.permutations(range(45)))
def test_pairs_in_falling_order_are_counted_and_listed(order):
    order = np.array(order)
    first, second = np.triu_indices(len(order), 1)
    falling = order[first] > order[second]
    assert inversions.count(order) == falling.sum()
    found = set(zip(*(part.tolist() for part in inversions.pairs(order)), strict=True))
    assert found == set(zip(first[falling].tolist(), second[falling].tolist(), strict=True))


@pytest.mark.parametrize("size", [0, 1, 2, 16, 17, 33, 64, 65])
def test_pairs_in_falling_order_are_right_at_the_edges_of_blocks(size):
    assert inversions.count(np.arange(size)) == 0
    assert (
        inversions.count(np.arange(size)[::-1])
        == size * (size - 1) // 2
        == len(inversions.pairs(np.arange(size)[::-1])[0])
    )


def series(kind, n):
    chance = np.random.default_rng(n)
    x = np.arange(n, dtype=float)
    return {
        "noise": (x, chance.normal(size=n)),
        "walk": (x, np.cumsum(chance.normal(size=n))),
        "few values": (x, chance.integers(0, 3, size=n).astype(float)),
        "constant": (x, np.full(n, 7.0)),
        "a line": (x, x / 3),
        "far from zero": (x * 86400 + 1.7e9, np.round(x / 10 + chance.normal(size=n), 1)),
        "repeated places": (chance.integers(0, n // 4, size=n).astype(float), chance.normal(size=n)),
        "rest days": (x, np.where(chance.random(n) < 0.6, 0.0, chance.exponential(1e5, size=n))),
        "tiny": (x, 1e6 + 1e-9 * chance.normal(size=n)),
    }[kind]


@pytest.mark.parametrize("kind", ["noise", "walk", "few values", "constant", "a line", "far from zero",
                                  "repeated places", "rest days", "tiny"])  # fmt: skip
@pytest.mark.parametrize("n", [60, 900])
def test_any_rank_of_all_slopes_is_exact(kind, n):
    x, y = series(kind, n)
    wanted, slopes = every_slope(x, y), Slopes(x, y)
    assert slopes.total == len(wanted)
    close = {"rtol": 1e-10, "atol": 1e-13 * np.abs(wanted).max()}
    assert np.isclose(slopes.median(), np.median(wanted), **close)
    for rank in (0, len(wanted) // 10, len(wanted) // 3, len(wanted) - 1):
        assert np.isclose(slopes.rank(rank), wanted[rank], **close)


def test_a_constant_of_years_has_a_slope_of_exactly_zero():
    assert theil_sen(None, [50.0] * 1000) == 0.0
    assert theil_sen(None, [0.0, 50.0, 0.0, 0.0, 20.0, 0.0, 0.0] * 200) == 0.0


def test_a_rank_that_does_not_exist_is_refused():
    with pytest.raises(IndexError):
        Slopes(np.arange(3.0), np.arange(3.0)).rank(3)


def test_ten_years_of_days_give_the_slope_of_scipy():
    chance = np.random.default_rng(3)
    y = np.cumsum(chance.normal(size=1500)) + 0.01 * np.arange(1500)
    assert theil_sen(None, y) == pytest.approx(theilslopes(y).slope, rel=1e-12)


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=2, max_size=40), st.randoms())
def test_the_order_of_points_does_not_matter_and_units_scale(points, chance):
    shuffled = list(points)
    chance.shuffle(shuffled)
    slope = theil_sen(*map(list, zip(*points, strict=True)))
    assert theil_sen(*map(list, zip(*shuffled, strict=True))) == (slope if slope is None else pytest.approx(slope))
    if slope is not None:
        x, y = (np.array(part) for part in zip(*points, strict=True))
        assert theil_sen(x * 7, y * 1000 + 5) == pytest.approx(slope * 1000 / 7, abs=1e-9)


def test_missing_points_are_skipped_and_keep_their_places():
    assert theil_sen(None, [1.0, None, 3.0, None, 5.0]) == 1.0
    assert theil_sen([0, 2, None, 4], [1.0, 3.0, 9.0, 5.0]) == 1.0


def test_a_slope_needs_two_places():
    assert theil_sen(None, [4.0]) is None
    assert theil_sen([2, 2, 2], [1, 5, 9]) is None
    assert theil_sen([], []) is None


def test_series_of_different_length_are_refused():
    with pytest.raises(DataError, match="length"):
        theil_sen([1, 2], [1, 2, 3])


@settings(max_examples=50)
@given(st.lists(st.integers(0, 6).map(float), min_size=3, max_size=60))
def test_mann_kendall_is_kendalls_tau_with_ties(values):
    found = mann_kendall(values)
    first, second = np.triu_indices(len(values), 1)
    y = np.array(values)
    assert found["s"] == np.sign(y[second] - y[first]).sum()
    if len(set(values)) > 1:
        assert np.sign(found["s"]) == np.sign(round(kendalltau(np.arange(len(values)), values).statistic, 12))
    assert 0 <= found["p"] <= 1


@given(st.lists(WHOLE, min_size=2, max_size=30))
def test_mann_kendall_turns_its_sign_with_time_and_ignores_scale(values):
    found, back = mann_kendall(values), mann_kendall(values[::-1])
    assert (back["s"], back["var_s"]) == (-found["s"], found["var_s"])
    assert mann_kendall([3 * value + 1 for value in values]) == found


def test_short_series_have_no_test():
    for test in (mann_kendall, hamed_rao):
        assert test([])["p"] is None
        assert test([1.0, None])["z"] is None
        assert test([1.0, 2.0, 3.0])["enough"] is False
        assert test([2.0] * 12) | {"var_s": 0.0} == {
            "s": 0.0,
            "var_s": 0.0,
            "z": 0.0,
            "p": 1.0,
            "n": 12,
            "enough": True,
        }


def test_autocorrelation_widens_and_never_narrows_unless_asked():
    walk = np.cumsum(np.random.default_rng(5).normal(size=120))
    season = np.sin(np.arange(120) * np.pi / 6)
    assert hamed_rao(walk)["var_s"] > 1.5 * mann_kendall(walk)["var_s"]
    assert hamed_rao(season, lags=None)["var_s"] >= mann_kendall(season)["var_s"]
    assert hamed_rao(season, lags=None, floor=0.0)["var_s"] < mann_kendall(season)["var_s"]
