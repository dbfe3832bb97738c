"""Goals in a brief: how likely each is reached by its day, and how such chances fared in the athlete's own past."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.records import Insight, Level, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import pick
from fitintel.intelligence.races import YEAR, predict_in_turn, raced
from fitintel.intelligence.registry import Journal, Result

Goals = Sequence[Mapping[str, Any]]
"""`kind`, `value`, `valid_from` and `name` of every goal that holds or lies ahead; of an event also `sport`, `distance`
[m] and `target` [s], empty or None where not said"""
WEEKLY = {"training_days": "training", "weekly_duration": "duration", "weekly_distance": "distance"}
"""kind of goal -> column of the daily totals"""
TESTED = ("tests", "mean_said", "came_true", "came_low", "came_high", "brier", "brier_base")


def insights(
    journal: Journal, day: int, goals: Goals, daily: Result, daily_load: Result, pmc: Result, workouts: Workouts,
    sessions: Result, weekly: Result,
) -> list[Insight]:  # fmt: skip
    """What is said of each goal on `day`; `sessions` (kinds of session) tell which workouts were races."""
    said = []
    for kind, quantity in WEEKLY.items():
        held = max((goal for goal in goals if goal["kind"] == kind and goal["valid_from"] <= day),
                   key=lambda goal: int(goal["valid_from"]), default=None)  # fmt: skip
        if held is not None and held["value"]:
            said.append(_week(journal, kind, quantity, float(held["value"]), daily))
    for goal in sorted(goals, key=lambda goal: int(goal["valid_from"])):
        if goal["valid_from"] <= day:
            continue
        if goal["kind"] == "event":
            said.append(_event(journal, goal, day, daily, raced(workouts, sessions), sessions, weekly))
        elif goal["kind"] == "ctl" and goal["value"]:
            said.append(_ctl(journal, goal, day, daily_load, pmc))
    return said


def _week(journal: Journal, kind: str, quantity: str, goal: float, daily: Result) -> Insight:
    found = journal.run("week_goal", daily, goal=goal, quantity=quantity)
    values = {"kind": kind, "goal": goal,
              **pick(found.value, "so_far", "needed", "days_left", "p", "p_low", "p_high", "n", *TESTED)}  # fmt: skip
    level = Level.INFO if values["p"] is not None else Level.MISSING
    return Insight(Section.GOALS, "goal_week", values, (found.run.id,), level, subject=kind)


def _ctl(journal: Journal, goal: Mapping[str, Any], day: int, daily_load: Result, pmc: Result) -> Insight:
    found = journal.run("ctl_goal", daily_load, pmc, target=float(goal["value"]), ahead=int(goal["valid_from"]) - day)
    values = {"day": int(goal["valid_from"]), "name": goal["name"],
              **pick(found.value, "ctl", "target", "ahead", "expected", "low", "high", "p", *TESTED)}  # fmt: skip
    level = Level.INFO if values["p"] is not None else Level.MISSING
    return Insight(Section.GOALS, "goal_ctl", values, (found.run.id,), level, subject=str(goal["valid_from"]))


def _event(
    journal: Journal, goal: Mapping[str, Any], day: int, daily: Result, races: Sequence[Mapping[str, Any]],
    sessions: Result, weekly: Result,
) -> Insight:  # fmt: skip
    """Days to an event and, of a running race of known distance, its time: from the athlete's own races."""
    values = {"day": int(goal["valid_from"]), "name": goal["name"], "ahead": int(goal["valid_from"]) - day,
              **{name: goal.get(name) for name in ("sport", "distance", "target")}}  # fmt: skip
    if not values["distance"] or values["sport"] not in ("", "running"):
        return Insight(Section.GOALS, "goal_event", values, (daily.run.id,), subject=str(goal["name"]))
    lately = [race for race in races if day - race["day"] <= YEAR]
    values["races"] = len(lately)
    if not lately:
        return Insight(Section.GOALS, "goal_race_insufficient", values, (sessions.run.id,), Level.MISSING,
                       subject=str(goal["name"]))  # fmt: skip
    columns = {name: [float(race[name]) for race in races] for name in ("distance", "duration", "day")}
    prediction = predict_in_turn(journal, columns, float(goal["distance"]), day, weekly)
    found = journal.run("race_goal", prediction, [*columns["duration"], math.nan], target=goal.get("target"))
    if found["verdict"] == "insufficient":
        return Insight(Section.GOALS, "goal_race_insufficient", values, (found.run.id, sessions.run.id), Level.MISSING,
                       subject=str(goal["name"]))  # fmt: skip
    values |= pick(found.value, "duration", "low", "high", "p", "errors", "inside", "tests", "nominal", "achieved",
                   "achieved_low", "achieved_high")  # fmt: skip
    return Insight(Section.GOALS, "goal_race", values, (found.run.id, prediction.run.id, sessions.run.id),
                   subject=str(goal["name"]), workout_ids=tuple(str(race["id"]) for race in lately))  # fmt: skip
