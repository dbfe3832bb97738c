"""Changes that are only possible: in the total, in how often, in how much at a time; and the local level forecast."""

from __future__ import annotations

import numpy as np
import pytest

from fitintel.core import days
from fitintel.intelligence import findings, local_level
from fitintel.intelligence.algorithms.features.weekly_typical import weekly_typical
from fitintel.intelligence.algorithms.trend.change_points import change_points
from fitintel.intelligence.possible import possible_changes
from fitintel.intelligence.registry import Journal, Result

MONDAY = days.week_start(19000)


def habit(sessions: list[int], distance: list[float]) -> tuple[Result, Result, Journal]:
    """Daily and weekly totals of weeks with so many sessions of so many metres each."""
    daily = {"day": MONDAY + np.arange(7 * len(sessions)), **{
        name: np.zeros(7 * len(sessions)) for name in ("sessions", "distance", "duration", "training")
    }}  # fmt: skip
    for week, (count, each) in enumerate(zip(sessions, distance, strict=True)):
        for place in range(count):
            daily["sessions"][7 * week + place] = daily["training"][7 * week + place] = 1.0
            daily["distance"][7 * week + place] = each * (1 + 0.01 * place)
            daily["duration"][7 * week + place] = each / 2.5
    journal = Journal()
    daily["excluded"] = 0
    found = Result(daily, journal.run("pmc", {"day": np.arange(2), "load": np.ones(2)}).run)
    return found, journal.run("weekly_totals", found), journal


def wobble(seed: int, n: int, around: float, share: float) -> list[float]:
    return (around * (1 + share * np.random.default_rng(seed).uniform(-1, 1, n))).tolist()


def test_a_change_in_how_much_at_a_time_is_seen_though_the_number_of_sessions_is_irregular():
    sessions = np.random.default_rng(1).integers(1, 6, 104).tolist()
    distance = [*wobble(2, 52, 5000.0, 0.2), *wobble(3, 52, 7500.0, 0.2)]
    daily, weekly, journal = habit(sessions, distance)
    found = possible_changes(journal, daily, weekly, "distance")
    assert [round((week - MONDAY) / 7) for week in found["distance_each"]["week"]] == [52]
    assert not found["sessions"]["week"]


def test_a_possible_change_is_told_once_and_not_beside_a_sure_one():
    sessions = [3] * 52 + [5] * 20
    daily, weekly, journal = habit(sessions, wobble(4, 72, 5000.0, 0.1))
    hinted = possible_changes(journal, daily, weekly, "distance")
    sure = {"sessions": journal.run("change_points", weekly.part("week"), weekly.part("sessions"))}
    day = MONDAY + 7 * 72
    assert hinted["distance"]["week"]
    assert sure["sessions"]["week"]
    assert findings.possible_changes(day, hinted, sure) == []
    told = findings.possible_changes(day, hinted, {})
    assert [each.subject for each in told] == ["distance"]
    assert findings.possible_changes(day + findings.POSSIBLE_DAYS + 60, hinted, {}) == []


def test_the_typical_workout_is_not_moved_by_one_long_one():
    days_ = {"day": MONDAY + np.arange(7), "sessions": np.ones(7), "duration": np.full(7, 1800.0),
             "distance": np.array([5000.0, 5000, 5000, 5000, 5000, 5000, 42195])}  # fmt: skip
    assert weekly_typical(days_, {"week": [MONDAY]})["distance"] == pytest.approx([5000.0])


def test_a_week_without_workouts_has_no_typical_one():
    empty = {"day": MONDAY + np.arange(7), **{name: np.zeros(7) for name in ("sessions", "distance", "duration")}}
    assert np.isnan(weekly_typical(empty, {"week": [MONDAY]})["distance"]).all()


def test_tempering_widens_the_interval_of_a_date_and_moves_nothing_else():
    rng = np.random.default_rng(5)
    week = MONDAY + 7 * np.arange(120)
    values = np.concatenate([rng.gamma(9, 30 / 9, 60), rng.gamma(9, 55 / 9, 60)])
    sharp, wide = (change_points(week, values, temper=temper) for temper in (1.0, 3.0))
    assert wide["week"] == sharp["week"] != []
    assert wide["low"][0] <= sharp["low"][0]
    assert wide["high"][0] >= sharp["high"][0]
    assert wide["high"][0] - wide["low"][0] > sharp["high"][0] - sharp["low"][0]


def test_the_local_level_of_an_origin_does_not_know_what_comes_after():
    values = np.random.default_rng(6).gamma(4, 5, 60)
    whole = local_level.from_every_origin(values, 3)
    for origin in (0, 1, 7, 40):
        assert whole[origin] == pytest.approx(local_level.from_every_origin(values[: origin + 1], 3)[-1])


def test_the_local_level_follows_steps_that_last_and_not_noise():
    walk = np.cumsum(np.ones(60)) * 5
    assert local_level.from_every_origin(walk, 1)[-1, 0] == pytest.approx(walk[-1])
    noise = 50 + np.random.default_rng(7).normal(0, 5, 300)
    assert local_level.from_every_origin(noise, 1)[-1, 0] == pytest.approx(noise.mean(), abs=1.5)
