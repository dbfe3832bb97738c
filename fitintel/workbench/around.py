"""The days around a day: what was planned, what was done, and what became of each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.stated import ExcusedDays, PlannedWorkout, known
from fitintel.intelligence.registry import Journal
from fitintel.workbench.briefs import PLAN

if TYPE_CHECKING:
    from fitintel.core.records import Athlete
    from fitintel.workbench.door import Door

WEEKS_BEFORE, WEEKS_AFTER = 4, 2
PLANNED = ("number", "sport", "duration", "distance", "rpe", "notes")
DONE = ("id", "day", "sport", "duration", "distance")


def around(bench: Door, athlete: Athlete, day: int) -> list[dict[str, Any]]:
    """One record a day, from the Monday four weeks before to the Sunday two weeks after.

    `day`, `planned` (number, sport, duration [s], distance [m], rpe, notes, and `verdict` of plan_met up to `day`),
    `done` (id, sport, duration, distance) and `excused` (reason or '').
    """
    first = days.week_start(day) - 7 * WEEKS_BEFORE
    last = days.week_start(day) + 7 * (WEEKS_AFTER + 1) - 1
    workouts = bench.store.workouts(athlete.id, columns=DONE, since=first, until=min(last, day))
    stated = known(bench.store.stated(athlete.id, PlannedWorkout))
    plans = sorted((plan for plan in stated if first <= plan.day <= last), key=lambda plan: (plan.day, plan.number))
    found = Journal().run("plan_met", workouts, [{name: getattr(one, name) for name in PLAN} for one in plans], day)
    met = {(int(at), int(number)): str(verdict) for at, number, verdict in
           zip(found["day"], found["number"], found["verdict"], strict=True)}  # fmt: skip
    excused = {at: one.reason for one in known(bench.store.stated(athlete.id, ExcusedDays))
               for at in range(max(first, one.first), min(last, one.last) + 1)}  # fmt: skip
    made: dict[int, dict[str, Any]] = {
        at: {"day": at, "planned": [], "done": [], "excused": excused.get(at, "")} for at in range(first, last + 1)
    }
    for plan in plans:
        made[plan.day]["planned"].append({name: getattr(plan, name) for name in PLANNED}
                                         | {"verdict": met.get((plan.day, plan.number), "")})  # fmt: skip
    for row in workouts.rows():
        made[row["day"]]["done"].append({name: row[name] for name in DONE if name != "day"})
    return list(made.values())
