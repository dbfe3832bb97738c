"""Yesterday in a brief: planned against done, what was recorded, what it was taken for, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fitintel.core.records import Insight, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import plain
from fitintel.intelligence.registry import Journal, Result
from fitintel.intelligence.today import Plans


def insights(
    journal: Journal, day: int, workouts: Workouts, daily: Result, plans: Plans, recent: Sequence[Insight]
) -> list[Insight]:
    """What is said of the day before `day`. `recent` are the latest workouts as the brief tells them."""
    last = day - 1
    due = [plan for plan in plans if plan["day"] == last]
    said = []
    if due:
        met = journal.run("plan_met", workouts, due, day)
        by_number = {plan["number"]: plan for plan in due}
        for place, number in enumerate(met["number"].tolist()):
            plan, name = by_number[number], str(met["workout"][place])
            values = {"day": last, "number": number, "sport": plan["sport"], "verdict": str(met["verdict"][place]),
                      "planned_duration": plan["duration"], "planned_distance": plan["distance"],
                      "share": plain(met["share"][place])}  # fmt: skip
            said.append(Insight(Section.YESTERDAY, "yesterday_plan", values, (met.run.id,), subject=str(number),
                                workout_ids=(name,) if name else ()))  # fmt: skip
    told = [replace(one, section=Section.YESTERDAY, code="yesterday_workout") for one in recent
            if one.values.get("day") == last]  # fmt: skip
    if not told and not due and len(workouts):
        said.append(Insight(Section.YESTERDAY, "yesterday_rest", {"day": last, "plans": bool(plans)}, (daily.run.id,)))
    return [*said, *told]
