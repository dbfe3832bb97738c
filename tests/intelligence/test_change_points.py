"""Lasting changes: where they are, how sure the date is, and silence where there is none."""

from __future__ import annotations

import csv
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import days, snapshot
from fitintel.core.errors import UsageError
from fitintel.intelligence.algorithms.trend.change_points import COLUMNS, change_points
from fitintel.intelligence.levels import long_run_variance, steady
from fitintel.intelligence.segments import Stretches, optimal_partition

MONDAY = days.week_start(19000)


def weeks(n: int) -> np.ndarray:
    return MONDAY + 7 * np.arange(n)


def life(
    rng: np.random.Generator, n: int = 156, *, cv: float = 0.4, rho: float = 0.25, season: float = 0.2
) -> np.ndarray:
    """Weekly totals with runs of good and bad weeks, a season, and single weeks without training."""
    noise = np.zeros(n)
    for t in range(1, n):
        noise[t] = rho * noise[t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal()
    wave = 1 + season * np.cos(2 * np.pi * (np.arange(n) + rng.uniform(0, 52)) / 52.18)
    return 15000 * np.exp(np.sqrt(np.log(1 + cv**2)) * noise) * wave * (rng.random(n) > 0.03)


def test_noise_free_steps_are_cut_where_they_are() -> None:
    assert optimal_partition(Stretches(np.repeat([0.0, 5.0, 2.0], 20)), 1.0, min_size=2) == [20, 40, 60]


@pytest.mark.parametrize("min_size", [2, 4, 8])
@pytest.mark.parametrize("seed", range(6))
def test_partition_agrees_with_ruptures(seed: int, min_size: int) -> None:
    ruptures = pytest.importorskip("ruptures")
    rng = np.random.default_rng(seed)
    values = np.repeat(rng.normal(0, 2, 6), rng.integers(5, 40, 6)) + rng.standard_normal(1)
    values = values + rng.standard_normal(len(values))
    penalty = 2 * np.log(len(values))
    expected = ruptures.Pelt(model="l2", min_size=min_size, jump=1).fit(values).predict(pen=penalty)
    assert optimal_partition(Stretches(values), penalty, min_size=min_size) == expected


@given(st.lists(st.floats(-1e4, 1e4) | st.just(float("nan")), min_size=4, max_size=30), st.data())
def test_cost_of_a_stretch_is_its_squared_deviation(values: list[float], data: st.DataObject) -> None:
    y = np.array(values)
    start = data.draw(st.integers(0, len(y) - 1))
    end = data.draw(st.integers(start + 1, len(y)))
    known = y[start:end][np.isfinite(y[start:end])]
    expected = ((known - known.mean()) ** 2).sum() if len(known) else 0.0
    assert float(Stretches(y).cost(start, end)) == pytest.approx(expected, rel=1e-6, abs=1e-3)


def test_the_nile_changed_in_1899() -> None:
    from statsmodels.datasets import nile

    flow = nile.load_pandas().data["volume"].to_numpy()
    found = change_points(weeks(len(flow)), flow)
    assert found["index"] == [28]
    assert found["relative"][0] == pytest.approx(849.97 / 1097.75 - 1, abs=1e-4)


def test_a_halved_habit_is_found_and_its_interval_holds_the_truth() -> None:
    near = covered = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        values, at = life(rng, cv=0.3), int(rng.integers(40, 116))
        values[at:] *= 0.5
        found = change_points(weeks(156), values)
        close = [k for k, index in enumerate(found["index"]) if abs(index - at) <= 8]
        near += bool(close)
        covered += any(found["low"][k] <= MONDAY + 7 * at <= found["high"][k] for k in close)
    assert near >= 18
    assert covered >= 0.8 * near


def test_athletes_without_a_change_are_seldom_told_of_one() -> None:
    false = sum(len(change_points(weeks(156), life(np.random.default_rng(100 + seed)))["index"]) for seed in range(30))
    assert false <= 9  # 90 athlete-years


def test_a_season_is_not_a_change() -> None:
    wave = 100 + 40 * np.cos(2 * np.pi * np.arange(208) / 52.18) + np.random.default_rng(5).normal(0, 8, 208)
    assert change_points(weeks(208), wave)["index"] == []


@pytest.mark.parametrize("gap", [2, 5, 9])
def test_a_break_in_training_is_not_a_change_of_habit(gap: int) -> None:
    values = np.random.default_rng(8).gamma(9, 2000, 120)
    values[60 : 60 + gap] = 0
    assert change_points(weeks(120), values)["index"] == []


def test_one_enormous_week_is_not_a_change() -> None:
    values = np.random.default_rng(2).gamma(9, 2000, 100)
    values[50] *= 40
    assert change_points(weeks(100), values)["index"] == []
    assert steady(values).max() < values[50] / 10


@pytest.mark.parametrize("values", [np.full(80, 5.0), np.zeros(80), np.full(80, np.nan), np.ones(5), np.array([])])
def test_series_without_anything_to_find_give_nothing(values: np.ndarray) -> None:
    found = change_points(weeks(len(values)), values)
    assert found["week"] == []
    assert set(found) == {*COLUMNS, "n"}


def test_missing_weeks_do_not_hide_a_change() -> None:
    values = np.random.default_rng(4).gamma(16, 1000, 100)
    values[50:] *= 2
    values[[3, 20, 48, 52, 90]] = np.nan
    found = change_points(weeks(100), values)
    assert len(found["index"]) == 1
    assert abs(found["index"][0] - 50) <= 2
    assert found["n"] == 95


def test_a_second_quantity_dates_a_change_that_the_first_shows_badly() -> None:
    rng = np.random.default_rng(12)
    total, sessions = rng.gamma(4, 1000, 120), rng.poisson(5, 120).astype(float)
    total[70:] *= 0.6
    sessions[70:] = rng.poisson(2, 50)
    alone, both = (change_points(weeks(120), x) for x in (total, np.column_stack([total, sessions])))
    assert abs(both["index"][0] - 70) <= 2
    assert both["high"][0] - both["low"][0] < alone["high"][0] - alone["low"][0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30).map(float), min_size=8, max_size=70), st.integers(1, 1000))
def test_changes_do_not_depend_on_the_unit(values: list[float], scale: int) -> None:
    plain = change_points(weeks(len(values)), values)
    scaled = change_points(weeks(len(values)), [value * scale for value in values])
    assert scaled["index"] == plain["index"]
    assert scaled["relative"] == pytest.approx(plain["relative"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30).map(float) | st.just(float("nan")), min_size=0, max_size=130))
def test_every_change_lies_in_its_interval_and_lasts(values: list[float]) -> None:
    found = change_points(weeks(len(values)), values)
    for week, low, high, relative in zip(*(found[key] for key in ("week", "low", "high", "relative")), strict=True):
        assert low <= week <= high
        assert abs(relative) >= 0.2
        assert 4 <= (week - MONDAY) // 7 <= len(values) - 4
    assert all(b - a >= 28 for a, b in pairwise(found["week"]))
    assert snapshot.load(snapshot.dump(found)) == found


def test_runs_of_good_weeks_widen_the_spread() -> None:
    noise = np.random.default_rng(0).standard_normal(400)
    runs = np.convolve(noise, np.full(3, 3**-0.5), "valid")
    assert long_run_variance(noise, lags=4) < 1.4
    assert long_run_variance(runs, lags=4) > 1.7


def test_weeks_with_a_hole_between_them_are_refused() -> None:
    with pytest.raises(UsageError, match="in order and without a gap"):
        change_points([0, 7, 21], [1.0, 2.0, 3.0])


def test_the_change_of_habit_of_2018_appears_in_the_real_history(real_history: Path) -> None:
    with real_history.open(encoding="utf-8-sig") as file:
        rows = [(_day(row["Workout Date"]), float(row["Distance (mi)"] or 0)) for row in csv.DictReader(file)]
    first = days.week_start(min(day for day, _ in rows)) + 7
    place = np.array([(day - first) // 7 for day, _ in rows])
    miles = np.array([distance for _, distance in rows])
    inside = (place >= 0) & (place < place.max())
    totals = np.bincount(place[inside], miles[inside])
    found = change_points(first + 7 * np.arange(len(totals)), totals)
    spring = [
        k for k, week in enumerate(found["week"]) if date(2018, 1, 1) <= days.from_number(week) < date(2018, 7, 1)
    ]
    assert len(spring) == 1
    assert found["relative"][spring[0]] > 0.5
    assert found["low"][spring[0]] <= days.number(date(2018, 2, 1)) <= found["high"][spring[0]]


def _day(text: str) -> int:
    text = text.replace(".", "").replace("Sept", "Sep")
    for style in ("%b %d, %Y", "%B %d, %Y"):
        try:
            return days.number(datetime.strptime(text, style).date())
        except ValueError:
            continue
    raise ValueError(text)
