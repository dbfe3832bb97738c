"""Today, yesterday and the week so far: planned once, done once, and never more than is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fitintel.core.records import Athlete, Brief, Insight, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import compose
from fitintel.intelligence.registry import get

MONDAY = 20367
DAY = MONDAY + 2
ANN = Athlete("ann", "Ann")


def rows(until: int = DAY - 1, *, minutes: float = 40.0) -> list[dict[str, Any]]:
    """Runs on Monday, Wednesday and Saturday for half a year up to `until`."""
    return [
        {"id": f"w{day}", "day": day, "sport": "running", "duration": minutes * 60 + 7 * (day % 11),
         "distance": 7000.0 + 31 * (day % 13), "flags": ""}
        for day in range(MONDAY - 26 * 7, until + 1) if (day - MONDAY) % 7 in (0, 2, 5)
    ]  # fmt: skip


def plan(day: int, sport: str = "running", duration: float | None = 3000.0, number: int = 1) -> dict[str, Any]:
    return {"day": day, "number": number, "sport": sport, "duration": duration, "distance": None, "rpe": None}


def made(plans: list[dict[str, Any]], workouts: list[dict[str, Any]] | None = None, day: int = DAY) -> Brief:
    return compose(ANN, Workouts.from_rows(workouts or rows()), day, habit={"plans": plans}).brief


def one(brief: Brief, code: str) -> Insight:
    (found,) = [insight for insight in brief.insights if insight.code == code]
    return found


def test_a_planned_run_is_expected_at_the_load_of_the_athletes_own_runs() -> None:
    said = one(made([plan(DAY, duration=4800.0)]), "today_plan").values
    assert said["low"] < said["load"] < said["high"]
    twice = one(made([plan(DAY, duration=9600.0)]), "today_plan").values
    assert twice["load"] == pytest.approx(2 * said["load"])


def test_of_a_sport_never_done_no_load_is_said() -> None:
    said = one(made([plan(DAY, "swimming")]), "today_plan").values
    assert (said["load"], said["n"]) == (None, 0)
    assert "tsb_planned" not in said


def test_what_is_planned_costs_balance_and_rest_gives_it() -> None:
    said = one(made([plan(DAY, duration=7200.0)]), "today_plan").values
    assert said["tsb_planned"] < said["tsb_rest"]


def test_today_is_counted_once_whether_planned_done_or_both() -> None:
    done = [*rows(), {"id": "now", "day": DAY, "sport": "running", "duration": 3000.0, "distance": 8600.0, "flags": ""}]
    brief = made([plan(DAY)], done)
    assert not [insight for insight in brief.insights if insight.code == "today_plan"]
    assert one(brief, "today_done").values["n"] == 1
    both = made([plan(DAY), plan(DAY, number=2, duration=1200.0)], done)
    left = one(both, "today_plan").values
    assert left["number"] == 2
    load = one(both, "today_done").values["load"]
    ahead = get("pmc_ahead")
    chart = {name: both.charts["load"][name] for name in ("ctl", "atl")}
    assert left["tsb_planned"] == pytest.approx(float(ahead(chart, [[load + left["load"]]])["next_tsb"][0]))


def test_a_go_after_a_long_gap_says_the_gap_and_keeps_the_verdict_of_its_run() -> None:
    nights = range(DAY + 11 - 69, DAY + 11)
    body = {"day": [day for day in nights for _ in range(2)], "metric": ["resting_hr", "sleep_duration"] * len(nights),
            "value": [value for day in nights for value in (50.0 + day % 3, 27_000.0 + 600 * (day % 4))],
            "source": ["watch"] * 2 * len(nights)}  # fmt: skip

    def said(day: int) -> tuple[Insight, Insight]:
        brief = compose(ANN, Workouts.from_rows(rows()), day, wellness=body).brief
        return one(brief, "readiness_verdict"), brief.of(Section.FOCUS)[0]

    verdict, focus = said(DAY + 10)
    assert focus.code == "focus_restart"
    assert (verdict.values["verdict"], verdict.values["gap_days"]) == ("go", focus.values["gap_days"])
    assert set(focus.run_ids) < set(verdict.run_ids)
    trained, _focus = said(DAY)
    assert trained.values["verdict"] == "go"
    assert "gap_days" not in trained.values


def test_the_chart_continued_is_the_chart_of_the_longer_history() -> None:
    load = np.array([50.0, 0.0, 80.0, 20.0, 0.0, 65.0, 30.0])
    days = np.arange(len(load))
    whole = get("pmc")({"day": days, "load": load})
    part = get("pmc")({"day": days[:4], "load": np.array([50.0, 0.0, 80.0, 0.0])})
    ahead = get("pmc_ahead")(part, load[3:])
    for name in ("ctl", "atl", "tsb"):
        np.testing.assert_allclose(ahead[name][0], whole[name][3:])


def test_after_a_missed_session_making_up_for_it_is_to_be_avoided() -> None:
    said = one(made([plan(DAY - 1), plan(DAY)]), "today_plan").values
    assert "catch_up" in said["avoid"]
    assert "catch_up" not in one(made([plan(DAY)]), "today_plan").values["avoid"]


def test_without_a_plan_the_habit_of_this_weekday_is_said() -> None:
    said = one(made([]), "today_no_plan").values
    assert (said["n"], said["trained"]) == (8, 8)
    assert 2400.0 <= said["duration"] <= 2480.0


def test_yesterday_is_planned_against_done() -> None:
    thursday = DAY + 1
    brief = made([plan(DAY, duration=4800.0)], rows(DAY), thursday)
    said = one(brief, "yesterday_plan")
    assert said.values["verdict"] == "partly"
    assert said.workout_ids == (f"w{DAY}",)
    workout = one(brief, "yesterday_workout")
    assert workout.values["id"] == f"w{DAY}"
    assert workout.values["label"]
    missed = one(made([plan(DAY, "cycling")], rows(DAY - 1), thursday), "yesterday_plan")
    assert missed.values["verdict"] == "missed"


def test_the_longest_workout_of_a_day_meets_the_first_plan_and_none_meets_two() -> None:
    day = [
        {"id": name, "day": 5, "sport": "running", "duration": seconds}
        for name, seconds in (("a", 600.0), ("b", 3000.0))
    ]
    found = get("plan_met")(Workouts.from_rows(day), [plan(5), plan(5, number=2, duration=600.0), plan(5, number=3)], 6)
    assert found["workout"].tolist() == ["b", "a", ""]
    assert found["verdict"].tolist() == ["done", "done", "missed"]


def test_the_week_so_far_is_held_against_the_same_days_of_four_weeks() -> None:
    said = one(made([]), "week_so_far").values
    assert (said["days"], said["n"], said["sessions"]) == (3, 4, 1.0)
    assert (said["same_days_sessions"], said["whole_sessions"]) == (2.0, 3.0)


def test_the_streak_and_the_weekly_goal_tell_the_same_days_left() -> None:
    """Whether the day itself still counts, or training is recorded on it already."""
    for last in (DAY, DAY - 1):
        habit = {"goal": 3.0, "goals": [{"kind": "training_days", "value": 3.0, "valid_from": 0, "name": ""}]}
        found = compose(ANN, Workouts.from_rows(rows(last)), DAY, habit=habit).brief
        streak, goal = (next(one.values for one in found.insights if one.code == code)
                        for code in ("week_streak", "goal_week"))  # fmt: skip
        assert streak["left"] == goal["days_left"] == 4 + (last < DAY)


def test_a_week_of_plans_counts_what_was_due_and_what_is_to_come() -> None:
    plans = [plan(MONDAY), plan(DAY), plan(DAY + 2)]
    said = one(made(plans, rows(DAY - 1)), "week_plan").values
    assert (said["n"], said["due"], said["left"], said["partly"] + said["met"]) == (3, 1, 2, 1)
    assert said["rest_days"] == 1


def test_every_figure_of_the_new_parts_has_a_run() -> None:
    journal = compose(ANN, Workouts.from_rows(rows()), DAY, habit={"plans": [plan(DAY)]})
    for section in (Section.TODAY, Section.YESTERDAY, Section.WEEK):
        for insight in journal.brief.of(section):
            assert insight.run_ids
            assert set(insight.run_ids) <= set(journal.journal.runs)
