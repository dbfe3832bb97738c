"""The mean-maximal curve: exact at every duration, whatever is passed over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.intelligence import best_windows
from fitintel.intelligence.registry import get

mean_max = get("mean_max")


def every_window(values, lengths):
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return [max(sums[k:] - sums[:-k]) / k if k <= len(values) else np.nan for k in lengths]


def ride(kind, n):
    chance = np.random.default_rng(n)
    return {
        "noise": chance.normal(200, 80, size=n),
        "hills": 200 + 80 * np.sin(np.arange(n) / 90) + chance.normal(0, 20, size=n),
        "constant": np.full(n, 200.0),
        "coasting": np.where(chance.random(n) < 0.4, 0.0, 300.0),
        "sprint": 150 + 700.0 * (np.arange(n) == n // 3),
        "a drift": np.linspace(100, 300, n),
        "below zero": chance.normal(-5, 3, size=n),
    }[kind]


@pytest.mark.parametrize("kind", ["noise", "hills", "constant", "coasting", "sprint", "a drift", "below zero"])
@pytest.mark.parametrize("n", [1, 63, 64, 65, 500, 1300])
def test_the_search_finds_what_every_window_would(monkeypatch, kind, n):
    monkeypatch.setattr(best_windows, "FEW", 0)
    power = ride(kind, n)
    for lengths in (np.arange(1, n + 1), np.arange(1, n // 2 + 2), np.array([n, 1, n + 1, n])):
        wanted = every_window(power, lengths.tolist())
        assert np.allclose(mean_max(power, lengths), wanted, rtol=1e-10, atol=1e-9, equal_nan=True)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 400).map(float), min_size=401, max_size=600))
def test_all_durations_are_the_same_as_each_alone(power):
    curve = mean_max(power)
    some = np.array([1, 2, 17, 64, 200, len(power)])
    assert np.allclose(curve[some - 1], mean_max(power, some), rtol=1e-12)


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=80))
def test_the_best_second_is_the_maximum_the_longest_the_mean_and_doubling_never_gains(power):
    curve = mean_max(power)
    assert curve[0] == pytest.approx(max(power), abs=1e-6)
    assert curve[-1] == pytest.approx(np.mean(power), abs=1e-6)
    half = np.arange(1, len(power) // 2 + 1)
    assert (curve[2 * half - 1] <= curve[half - 1] + 1e-6).all()
    assert np.allclose(mean_max(power[::-1]), curve, atol=1e-6)
    assert np.allclose(mean_max(np.array(power) * 3.6), curve * 3.6, atol=1e-5)


def test_no_window_crosses_a_missing_second():
    curve = mean_max([300.0, 100.0, None, 200.0, 200.0, 200.0])
    assert curve.tolist() == pytest.approx([300, 200, 200, np.nan, np.nan, np.nan], nan_ok=True)
    assert np.isnan(mean_max([None, None], [1])).all()
    assert mean_max([]).tolist() == []


@pytest.mark.parametrize("wrong", [0, -5, 1.5, None])
def test_a_duration_is_a_whole_number_of_seconds(wrong):
    with pytest.raises(DataError, match="whole"):
        mean_max([1.0, 2.0], [1, wrong])
