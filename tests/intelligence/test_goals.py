"""Chances of goals and plans side by side: right on average over simulated people, honest where little is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fitintel.core.records import Athlete, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import compose
from fitintel.intelligence.chances import fared
from fitintel.intelligence.registry import get

MONDAY = 20367


def daily(training: Any, first: int = MONDAY) -> dict[str, Any]:
    values = np.asarray(training, dtype=float)
    return {"day": np.arange(first, first + len(values)), "training": values, "duration": values * 1800.0,
            "distance": values * 5000.0, "sessions": values}  # fmt: skip


def person(seed: int, days: int = 7 * 80) -> Any:
    """Days of training of somebody whose chance of training differs by weekday and from week to week."""
    chance = np.random.default_rng(seed)
    usual = chance.uniform(0.1, 0.9, 7)
    mood = chance.uniform(0.6, 1.4, days // 7).repeat(7)
    return (chance.random(days) < np.tile(usual, days // 7) * mood).astype(float)


def test_over_many_simulated_people_as_many_reach_the_goal_as_was_said() -> None:
    said, came = [], []
    for seed in range(150):
        training = person(seed)
        cut = len(training) - 7 + 1 + seed % 5
        goal = round(float(training.reshape(-1, 7).sum(axis=1)[:-1].mean()))
        found = get("week_goal")(daily(training[:cut]), goal=max(goal, 1))
        week = training[-7:].sum()
        if found["p"] is not None:
            said.append(found["p"])
            came.append(float(week >= max(goal, 1)))
    judged = fared(np.array(said), np.array(came))
    assert judged["tests"] >= 140
    assert judged["came_low"] - 0.02 <= judged["mean_said"] <= judged["came_high"] + 0.02
    assert judged["brier"] < judged["brier_base"]


def test_what_was_said_of_load_targets_came_true_as_often_over_simulated_people() -> None:
    said, came = [], []
    for seed in range(120):
        load = person(seed) * np.random.default_rng(seed + 1000).gamma(4.0, 15.0, 7 * 80)
        chart = get("pmc")({"day": np.arange(len(load)), "load": load})
        cut = len(load) - 28
        target = float(chart["ctl"][cut - 1]) * np.random.default_rng(seed).uniform(0.85, 1.15)
        found = get("ctl_goal")({"load": load[:cut]}, {"ctl": chart["ctl"][:cut]}, target=target, ahead=28)
        said.append(found["p"])
        came.append(float(chart["ctl"][-1] >= target))
    judged = fared(np.array(said), np.array(came))
    assert judged["came_low"] - 0.03 <= judged["mean_said"] <= judged["came_high"] + 0.03
    assert judged["brier"] < judged["brier_base"]


def test_a_goal_that_is_reached_is_sure_and_one_out_of_reach_is_not() -> None:
    training = np.tile([1.0, 0, 1, 0, 1, 0, 0], 30)
    done = get("week_goal")(daily(training[:206]), goal=2)
    assert (done["p"], done["needed"]) == (1.0, 0.0)
    assert get("week_goal")(daily(training[:206]), goal=6)["p"] < 0.05


def test_a_day_on_which_nothing_is_recorded_yet_still_counts_to_the_rest() -> None:
    training = np.tile([1.0, 0, 1, 0, 1, 0, 0], 30)
    wednesday = training[: 7 * 29 + 3].copy()
    wednesday[-1] = 0.0
    assert get("week_goal")(daily(wednesday), goal=3)["days_left"] == 5


def test_with_few_weeks_no_chance_is_said() -> None:
    assert get("week_goal")(daily(np.tile([1.0, 0, 1, 0, 0, 0, 0], 4)[:24]), goal=3)["p"] is None
    few = get("ctl_goal")({"load": np.ones(40)}, {"ctl": np.ones(40)}, target=2.0, ahead=10)
    assert (few["p"], few["expected"]) == (None, None)


def test_the_load_of_a_target_day_is_that_of_the_chart_when_every_week_is_alike() -> None:
    load = np.tile([60.0, 0, 60, 0, 60, 60, 0], 60)
    chart = get("pmc")({"day": np.arange(len(load)), "load": load})
    cut = len(load) - 25
    cut -= cut % 7
    ahead = len(load) - cut
    found = get("ctl_goal")({"load": load[:cut]}, {"ctl": chart["ctl"][:cut]}, target=1.0, ahead=ahead)
    for name in ("expected", "low", "high"):
        assert found[name] == pytest.approx(float(chart["ctl"][-1]))


def plans(**changes: Any) -> list[dict[str, Any]]:
    plan = {"sessions": 4, "ramp": 0.0, "taper": 0, "miss": None}
    return [plan, plan | changes]


def what_if(changed: dict[str, Any], load: Any = None, **parameters: Any) -> dict[str, Any]:
    load = person(3) * 60.0 if load is None else load
    given = {"day": np.arange(MONDAY, MONDAY + len(load)), "load": load}
    found: dict[str, Any] = get("what_if")(given, get("pmc")(given), plans(**changed), **parameters)
    return found


@pytest.mark.parametrize(
    ("changed", "sign"), [({"sessions": 5}, 1), ({"ramp": 0.05}, 1), ({"miss": 7}, -1), ({"taper": 10}, -1), ({}, 0)]
)
def test_more_load_raises_the_chart_and_less_lowers_it_surely(changed: dict[str, Any], sign: int) -> None:
    found = what_if(changed)
    low, high = found["difference_low"][1], found["difference_high"][1]
    assert (low > 0) == (sign > 0)
    assert (high < 0) == (sign < 0)
    assert high - low <= found["ctl_high"][1][-1] - found["ctl_low"][1][-1]


def test_a_taper_raises_the_balance() -> None:
    found = what_if({"taper": 10})
    assert found["tsb"][1] > found["tsb"][0]


def test_a_regular_past_leaves_no_spread() -> None:
    found = what_if({}, np.tile([60.0, 0, 60, 0, 60, 60, 0], 40))
    assert found["ctl_low"][0][-1] == pytest.approx(found["ctl_high"][0][-1])


def test_a_short_past_is_said_to_be_too_short() -> None:
    assert what_if({}, np.ones(30))["verdict"] == "insufficient"


def test_goals_reach_the_brief_with_their_runs() -> None:
    rows = [{"id": f"w{day}", "day": day, "sport": "running", "duration": 2400.0, "distance": 7000.0, "flags": ""}
            for day in range(MONDAY - 200, MONDAY + 2) if day % 2]  # fmt: skip
    goals = [
        {"kind": "training_days", "value": 4.0, "valid_from": MONDAY - 90, "name": ""},
        {"kind": "ctl", "value": 60.0, "valid_from": MONDAY + 40, "name": "camp"},
        {"kind": "event", "value": 0.0, "valid_from": MONDAY + 60, "name": "City run"},
        {"kind": "event", "value": 0.0, "valid_from": MONDAY - 60, "name": "over"},
    ]  # fmt: skip
    made = compose(Athlete("ann", "Ann"), Workouts.from_rows(rows), MONDAY + 1, habit={"goals": goals})
    said = made.brief.of(Section.GOALS)
    assert [one.code for one in said] == ["goal_week", "goal_ctl", "goal_event"]
    assert all(set(one.run_ids) <= set(made.journal.runs) for one in said)
