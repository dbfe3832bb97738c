"""The week so far in a brief: against the plan, against the athlete's last four weeks, and the streak of weeks."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.records import Insight, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import plain
from fitintel.intelligence.registry import Journal, Result
from fitintel.intelligence.today import Plans

TOLD = ("sessions", "duration", "distance")


def insights(
    journal: Journal, day: int, main: str, workouts: Workouts, daily: Result, consistency: Result, plans: Plans
) -> list[Insight]:
    """What is said of the week that holds `day`. `main` is the athlete's main quantity."""
    if not len(daily["day"]):
        return []
    goal = float(consistency["goal"]) if consistency["verdict"] == "ok" else None
    week = journal.run("week_so_far", daily, **({} if goal is None else {"goal": goal}))
    names = [f"{part}{name}" for name in TOLD for part in ("", "same_days_", "whole_")]
    values = {"week": week["week"], "days": week["days"], "n": week["n"], "subject": main,
              **{name: plain(week[name]) for name in names}}  # fmt: skip
    said = [Insight(Section.WEEK, "week_so_far", values, (week.run.id,))]
    mine = [plan for plan in plans if week["week"] <= plan["day"] < week["week"] + 7]
    if mine:
        met = journal.run("plan_met", workouts, mine, day)
        said.append(Insight(Section.WEEK, "week_plan", {**_planned(mine, met, week, day)}, (met.run.id, week.run.id)))
    if goal is not None:
        streak = {"streak": int(week["streak"]), "goal": goal, "training": float(week["training"]),
                  "left": int(week["left"])}  # fmt: skip
        said.append(Insight(Section.WEEK, "week_streak", streak, (week.run.id, consistency.run.id)))
    return said


def _planned(mine: Plans, met: Result, week: Result, day: int) -> dict[str, Any]:
    verdicts = met["verdict"].astype(str)
    upto = [plan for plan in mine if plan["day"] < day]
    timed = [plan["duration"] for plan in mine if plan["duration"]]
    return {
        "n": len(mine), "due": int(np.sum(verdicts != "open")), "left": len(mine) - int(np.sum(verdicts != "open")),
        "met": int(np.isin(verdicts, ("done", "more")).sum()), "partly": int((verdicts == "partly").sum()),
        "replaced": int((verdicts == "replaced").sum()), "missed": int((verdicts == "missed").sum()),
        "duration": float(week["duration"]), "planned": float(sum(timed)) if timed else None,
        "planned_so_far": float(sum(plan["duration"] or 0.0 for plan in upto)),
        "rest_days": int(week["days"]) - len({plan["day"] for plan in mine if plan["day"] <= day}),
    }  # fmt: skip
