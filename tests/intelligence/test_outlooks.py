"""Trend and forecasts of load, CTL, thresholds and races; a trend is shown, or steadiness is."""

from __future__ import annotations

import numpy as np
import pytest

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.records import Athlete
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.intelligence import capacities, outlooks
from fitintel.intelligence.algorithms.features.weekly_load import weekly_load
from fitintel.intelligence.algorithms.forecast.dated_forecast import dated_forecast
from fitintel.intelligence.algorithms.trend.theil_sen_trend import theil_sen_trend
from fitintel.intelligence.brief import compose
from fitintel.intelligence.registry import Journal
from fitintel.views.words import say

MONDAY = days.week_start(19000)


def capacity(n: int, seed: int, walk: float, noise: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    day = 18000 + np.cumsum(rng.integers(20, 60, n))
    return day, 3.6 * np.exp(np.cumsum(rng.normal(0, walk, n)) + rng.normal(0, noise, n))


# dated capacities


def test_a_capacity_without_eleven_dated_values_is_too_little_data():
    for n in (0, 1, 2, 10):
        found = dated_forecast(*capacity(n, 1, 0.01, 0.01))
        assert (found["verdict"], found["n"], found["needed"]) == ("insufficient", n, 11)
    assert dated_forecast(*capacity(11, 1, 0.01, 0.01))["verdict"] != "insufficient"


def test_noise_around_a_steady_capacity_is_averaged_and_a_walk_is_followed():
    steady, walking = dated_forecast(*capacity(60, 2, 0.0, 0.03)), dated_forecast(*capacity(60, 3, 0.03, 0.0))
    assert steady["verdict"] == "model"
    assert steady["mase"] < 0.85 * steady["mase_naive"]
    assert steady["mean"][0] == pytest.approx(3.6, rel=0.03)
    assert walking["mase"] <= 1.1 * walking["mase_naive"]


def test_what_comes_later_does_not_change_what_was_tested_before():
    day, values = capacity(40, 4, 0.01, 0.02)
    early, late = dated_forecast(day[:30], values[:30]), dated_forecast(day, values)
    assert late["n_tests"] > early["n_tests"]
    assert late["candidates"]["naive"]["n"] == early["candidates"]["naive"]["n"] + 10


@pytest.mark.parametrize(("day", "values"), [([1, 2], [1.0]), ([2, 1], [1.0, 1.0]), ([1, 2], [1.0, 0.0])])
def test_a_capacity_that_is_none_is_refused(day, values):
    with pytest.raises(UsageError):
        dated_forecast(day, values)


def thresholds(n: int) -> list[dict[str, object]]:
    day, values = capacity(n, 5, 0.01, 0.02)
    return [{"kind": "speed", "value": value, "sport": "running", "valid_from": int(on)}
            for on, value in zip(day.tolist(), values.tolist(), strict=True)]  # fmt: skip


def test_thresholds_are_forecast_from_what_held_by_that_day_and_said():
    stated = thresholds(20)
    nothing = {"id": [], "label": []}
    told = capacities.insights(Journal(), Workouts.from_rows([]), nothing, stated, 30000)
    assert [one.subject for one in told] == ["threshold_speed"]
    sentence = say(told[0].code, told[0].values, UnitSystem.METRIC)
    assert "Threshold speed on" in sentence.text
    early = capacities.insights(Journal(), Workouts.from_rows([]), nothing, stated, stated[4]["valid_from"])
    assert early[0].code == "forecast_capacity_insufficient"
    assert "5 of 11 dated values" in say(early[0].code, early[0].values, UnitSystem.METRIC).text
    assert not capacities.insights(Journal(), Workouts.from_rows([]), nothing, stated[:2], 30000)


def test_a_race_is_forecast_over_the_distance_of_the_last_one():
    rng = np.random.default_rng(6)
    rows = [{"id": f"r{n}", "day": 18000 + 40 * n, "sport": "running", "flags": "", "source": "typed",
             "distance": float(rng.choice((5000.0, 10000.0))), "duration": 0.0} for n in range(16)]  # fmt: skip
    for row in rows:
        row["duration"] = row["distance"] / 4.0 * (row["distance"] / 5000.0) ** 0.06 * rng.uniform(0.98, 1.02)
    sessions = Journal().run("pmc", {"day": np.arange(2), "load": np.ones(2)})
    labels = {"id": [row["id"] for row in rows], "label": ["race"] * 16}
    (told,) = capacities.insights(Journal(), Workouts.from_rows(rows), type(sessions)(labels, sessions.run), [], 30000)
    assert told.values["distance"] == rows[-1]["distance"]
    assert told.values["low"] < told.values["mean"] < told.values["high"]
    expected = rows[-1]["distance"] / 4.0 * (rows[-1]["distance"] / 5000.0) ** 0.06
    assert told.values["mean"] == pytest.approx(expected, rel=0.05)
    assert "Race time over" in say(told.code, told.values, UnitSystem.METRIC).text


# load and CTL


def test_weekly_load_adds_up_to_the_days_and_ctl_begins_warm():
    day = MONDAY + np.arange(140)
    load = np.random.default_rng(7).gamma(2, 20, 140)
    pmc = {"day": day, "ctl": np.arange(140.0), "warming_up": (np.arange(140) < 42).astype(float)}
    found = weekly_load({"day": day, "load": load}, pmc, {"week": MONDAY + 7 * np.arange(20)})
    assert found["load"].sum() == pytest.approx(load.sum())
    assert found["warm_week"][0] == MONDAY + 42
    assert found["ctl"].tolist() == list(range(48, 140, 7))
    empty = {"day": day[:0], "load": load[:0]}
    assert not len(weekly_load(empty, pmc, {"week": []})["load"])


def history(weeks: int) -> Workouts:
    rng = np.random.default_rng(8)
    rows = [{"id": f"w{week}-{on}", "day": MONDAY + 7 * week + on, "sport": "running", "flags": "", "source": "typed",
             "distance": 8000.0 * rng.uniform(0.7, 1.3), "duration": 2700.0}
            for week in range(weeks) for on in range(int(rng.integers(2, 6)))]  # fmt: skip
    return Workouts.from_rows(rows)


def test_a_brief_says_what_is_expected_of_load_and_ctl_and_is_silent_before():
    long, short = history(120), history(20)
    told = compose(Athlete("one", "One"), long, int(long["day"][-1])).brief.insights
    found = {one.subject: one for one in told if one.code.startswith("forecast_level")}
    assert set(found) == {"load", "ctl"}
    for one in found.values():
        assert one.values["low"] <= one.values["mean"] <= one.values["high"]
        text = say(one.code, one.values, UnitSystem.METRIC)
        assert "80 % interval" in text.text
        assert ("No model did better" in " ".join(text.notes)) == one.code.endswith("naive")
    told = compose(Athlete("one", "One"), short, int(short["day"][-1])).brief.insights
    assert not [one for one in told if one.code.startswith("forecast_level")]


# trends as equivalence tests


def verdicts(slope: float, sd: float, *, lag: float = 0.0, n: int = 26, runs: int = 200, **more) -> dict[str, float]:
    rng = np.random.default_rng(9)
    said_ = []
    for _ in range(runs):
        noise = rng.normal(0, sd, n)
        for place in range(1, n):
            noise[place] += lag * noise[place - 1]
        said_.append(theil_sen_trend(100 + slope * np.arange(n) + noise, **more)["verdict"])
    return {name: said_.count(name) / runs for name in ("improving", "declining", "plateau", "uncertain")}


def test_steadiness_is_said_where_it_is_shown_and_not_where_nothing_is():
    assert verdicts(0.0, 1.0)["plateau"] > 0.95
    noisy = verdicts(0.0, 60.0)
    assert noisy["plateau"] < 0.05
    assert noisy["uncertain"] > 0.8


def test_a_direction_that_is_not_there_is_told_at_most_as_often_as_the_interval_allows():
    for lag in (0.0, 0.4):
        found = verdicts(0.0, 20.0, lag=lag)
        assert found["improving"] + found["declining"] <= 0.18, lag


def test_a_direction_that_is_there_is_told():
    assert verdicts(2.5, 8.0)["improving"] > 0.9
    assert verdicts(-2.5, 8.0)["declining"] > 0.9


def test_a_change_of_pace_of_two_percent_a_month_is_not_steady_though_one_of_load_is():
    assert verdicts(0.5, 0.5)["plateau"] > 0.95
    assert verdicts(0.5, 0.5, **outlooks.band("pace"))["improving"] > 0.95
    assert outlooks.band("distance") == {}
