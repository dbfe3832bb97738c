"""Today in a brief: what is planned, what load that is, where it leaves the balance, the least of it, what to avoid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import plain
from fitintel.intelligence.registry import Journal, Result

Plans = Sequence[Mapping[str, Any]]
"""`day`, `number`, `sport`, `duration` [s], `distance` [m], `rpe` of every planned workout; None: not said"""

HARD = ("tempo", "interval", "race")
"""kinds of session after which another hard one is not said to be the thing for today"""
AFTER_READINESS = ("focus_consistency", "focus_steady", "focus_ease", "focus_collect")
"""what is less urgent than a day on which the signs of readiness are down"""
LEAST = 600.0
"""s. A training day: the smallest minimum version."""
LONGEST_DAYS = 28
MISSED_DAYS = 3
"""d. A session missed within these is not to be made up for on top of today's."""


def insights(
    journal: Journal, day: int, workouts: Workouts, sessions: Result, loads: Result, daily: Result,
    daily_load: Result, pmc: Result, plans: Plans, readiness: Sequence[Insight] = (),
) -> list[Insight]:  # fmt: skip
    """What is said of `day` itself. `sessions` is the kind of each workout, `readiness` what is said of that."""
    due = [plan for plan in plans if plan["day"] == day]
    met = journal.run("plan_met", workouts, [plan for plan in plans if plan["day"] >= day - MISSED_DAYS], day)
    said = []
    done = workouts.take(workouts["day"] == day)
    if len(done):
        values = {"n": len(done), "duration": _sum(done["duration"]), "distance": _sum(done["distance"]),
                  "load": float(daily_load["load"][-1]) if len(daily_load["load"]) else None}  # fmt: skip
        said.append(Insight(Section.TODAY, "today_done", values, (daily.run.id, daily_load.run.id),
                            workout_ids=tuple(str(name) for name in done["id"])))  # fmt: skip
    avoid = _avoid(day, workouts, sessions, met, readiness)
    open_ = [plan for plan, verdict in _of(met, due, day) if verdict == "open" or not len(done)]
    if open_:
        expected = journal.run("planned_load", loads, workouts, open_, day)
        ahead = _ahead(journal, pmc, daily_load, expected)
        easier = next((one.values["verdict"] for one in readiness if one.code == "readiness_verdict"), "go")
        for place, plan in enumerate(open_):
            told: dict[str, Any] = {
                "sport": plan["sport"], "duration": plan["duration"], "distance": plan["distance"], "rpe": plan["rpe"],
                "number": plan["number"], "day": day,
                **{name: plain(expected[name][place]) for name in ("load", "low", "high")},
                "n": int(expected["n"][place]), "least": _least(plan, easier), "readiness": easier, **avoid,
                **(_balance(ahead) if place == len(open_) - 1 else {}),
            }  # fmt: skip
            runs = (expected.run.id, *((ahead.run.id,) if ahead is not None else ()), met.run.id, sessions.run.id)
            said.append(Insight(Section.TODAY, "today_plan", told, runs, subject=str(plan["number"])))
    elif not len(done) and not due:
        usual = journal.run("usual_weekday", daily)
        ahead = _ahead(journal, pmc, daily_load, None)
        values = {"day": day, **{name: plain(usual[name]) for name in ("n", "trained", "duration")}, **avoid,
                  **_balance(ahead)}  # fmt: skip
        runs = (usual.run.id, *((ahead.run.id,) if ahead is not None else ()), met.run.id, sessions.run.id)
        said.append(Insight(Section.TODAY, "today_no_plan", values, runs))
    return said


def verdict(focus: Insight, readiness: Sequence[Insight]) -> Insight:
    """What is said first: readiness where it asks for less than the plan, else the focus of the day.

    What may be wrong with the data, or a long gap, comes before both.
    """
    for one in readiness:
        if one.code == "readiness_verdict" and one.values["verdict"] != "go" and focus.code in AFTER_READINESS:
            return Insight(Section.FOCUS, "focus_readiness", {**one.values, "conflict": len(readiness) > 1 and
                           readiness[1].code == "readiness_conflict"}, one.run_ids, one.level)  # fmt: skip
    return focus


def after_gap(readiness: Sequence[Insight], gap: Result) -> list[Insight]:
    """What is said of readiness; a go of the body after a long gap (run of `training_gap`) says that gap.

    The signs know of no training that is missing; the verdict stays that of its run.
    """
    if gap["verdict"] != "long":
        return list(readiness)
    return [
        replace(one, values={**one.values, "gap_days": int(gap["days"])}, run_ids=(*one.run_ids, gap.run.id))
        if one.code == "readiness_verdict" and one.values["verdict"] == "go" else one
        for one in readiness
    ]  # fmt: skip


def _of(met: Result, due: Plans, day: int) -> list[tuple[Mapping[str, Any], str]]:
    verdicts = {int(number): str(verdict) for on, number, verdict
                in zip(met["day"], met["number"], met["verdict"], strict=True) if on == day}  # fmt: skip
    return [(plan, verdicts[plan["number"]]) for plan in sorted(due, key=lambda plan: plan["number"])]


def _sum(values: Any) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.sum()) if len(known) else None


def _ahead(journal: Journal, pmc: Result, daily_load: Result, expected: Result | None) -> Result | None:
    """The balance of tomorrow with what is planned, and without; None while the averages are still filling."""
    if not len(pmc["day"]) or pmc["warming_up"][-1] or not np.isfinite(pmc["ctl"][-1]):
        return None
    today = float(np.nan_to_num(daily_load["load"][-1]))
    planned = 0.0 if expected is None else float(np.sum(expected["load"]))
    if not np.isfinite(planned):
        return None
    return journal.run("pmc_ahead", pmc, [[today + planned], [today]])


def _balance(ahead: Result | None) -> dict[str, Any]:
    if ahead is None:
        return {}
    planned, rest = ahead["next_tsb"].tolist()
    return {"tsb_today": float(ahead["tsb"][0, 0]), "tsb_planned": planned, "tsb_rest": rest}


def _least(plan: Mapping[str, Any], readiness: str) -> float | None:
    """The minimum version [s]: half the planned time, a quarter on a day to recover, ten minutes at least."""
    if not plan["duration"]:
        return None
    share = 0.25 if readiness in ("recover", "rest") else 0.5
    return float(min(plan["duration"], max(LEAST, round(plan["duration"] * share / 300.0) * 300.0)))


def _avoid(
    day: int, workouts: Workouts, sessions: Result, met: Result, readiness: Sequence[Insight]
) -> dict[str, Any]:  # fmt: skip
    """What not to do today, each from something in the athlete's own days."""
    found: list[str] = []
    kinds = dict(zip((str(name) for name in sessions["id"]), sessions["label"], strict=True))
    yesterday = workouts["id"][workouts["day"] == day - 1]
    hard = [str(kinds[str(name)]) for name in yesterday if str(kinds.get(str(name))) in HARD]
    if any(one.code == "readiness_verdict" and one.values["verdict"] != "go" for one in readiness):
        found.append("hard")
    elif hard:
        found.append("hard_again")
    if any(verdict == "missed" and on < day for on, verdict in zip(met["day"], met["verdict"], strict=True)):
        found.append("catch_up")
    recent = workouts["duration"][(workouts["day"] < day) & (workouts["day"] >= day - LONGEST_DAYS)]
    longest = float(np.nanmax(recent)) if np.isfinite(recent).any() else None
    if longest is not None and longest < 6 * 3600.0:
        found.append("longer")
    return {"avoid": found[:2], "after": hard[0] if hard else "", "longest": longest}
