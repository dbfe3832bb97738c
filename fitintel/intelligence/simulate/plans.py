"""What was planned, and what became of it: done, shortened, moved, missed, withdrawn, not recorded, still ahead.

A plan is made on the Sunday before its week. People do about four fifths of what they plan, with large differences
(dropout and adherence of recreational runners: Fokkema et al. 2020, BMJ Open Sport Exerc Med 6:e000793); planned times
are round numbers. Days of illness and injury were planned like others until the plan is withdrawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from fitintel.core.days import week_start, weekday
from fitintel.core.stated import PlannedWorkout
from fitintel.intelligence.simulate.device import RPE, SPORT, Row
from fitintel.intelligence.simulate.habit import Habit
from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.records import PlanTruth
from fitintel.intelligence.simulate.sessions import MINUTES, Draft

SUDDEN = ("illness", "injury")
"""What nobody plans for: the plan of these days stands for a while."""
AHEAD = 7
"""d. The week after the end of the history is planned too."""
TEXT = {"easy": "easy", "long": "long, steady", "recovery": "very easy", "race": "race"}


class Planner:
    """The plans of one athlete, as they are written down."""

    def __init__(self, rng: np.random.Generator, athlete_id: str) -> None:
        self._rng, self._athlete = rng, athlete_id
        self.plans: list[PlannedWorkout] = []
        self.truth: dict[str, PlanTruth] = {}
        self.taken: set[tuple[int, int]] = set()
        self._rated, self._worded = bool(rng.random() < 0.5), bool(rng.random() < 0.6)

    def plan(self, day: int, number: int, activity: str, kind: str | None, name: str, seconds: float, outcome: str,
             workout_id: str | None) -> PlannedWorkout:  # fmt: skip
        """Write a plan down with what became of it."""
        self.taken.add((day, number))
        made = PlannedWorkout(
            _id("pw", self._athlete, day, number, ""), self._athlete, day, SPORT[activity],
            float(max(300 * round(seconds / 300), 600)), None, moment(week_start(day) - 1, 17.0), number,
            float(round(RPE[kind])) if self._rated and kind else None,
            (name or TEXT.get(kind or "", "")) if self._worded else "",
        )  # fmt: skip
        self.plans.append(made)
        self.truth[made.id] = PlanTruth(outcome, workout_id)
        return made

    def withdraw(self, plan: PlannedWorkout, day: int) -> None:
        """Take a plan back on a day."""
        self.plans.append(replace(plan, id=_id("pw", self._athlete, plan.day, plan.number, "withdrawn"),
                                  entered_at=moment(day, 8.0), withdrawn=True))  # fmt: skip


def draw_plans(
    rng: np.random.Generator, person: Person, habit: Habit, drafts: Sequence[Draft], rows: Sequence[Row],
    athlete_id: str,
) -> tuple[list[PlannedWorkout], dict[str, PlanTruth]]:  # fmt: skip
    """Plans of a history and of the week after it, and what became of each."""
    planner = Planner(rng, athlete_id)
    unplanned, moved, shortened, missed = (rng.uniform(*each) for each in ((0.03, 0.25), (0.03, 0.15), (0.03, 0.15),
                                                                            (0.04, 0.3)))  # fmt: skip
    days = habit.probability.size
    begins = int(days * rng.uniform(0.0, 0.5)) if rng.random() < 0.5 else 0
    trained = {(draft.place, draft.number) for draft in drafts}
    for draft, row in zip(drafts, rows, strict=True):
        if draft.place < begins or (rng.random() < unplanned and draft.race is None):
            continue
        place, seconds, outcome, chance = draft.place, float(row["duration"]), "done", rng.random()
        if chance < moved and draft.race is None:
            other = place + int(rng.choice((-2, -1, 1, 2)))
            free = (other, draft.number) not in trained and (habit.first + other, draft.number + 1) not in planner.taken
            if free and begins <= other < days:
                place, outcome = other, "moved"
        elif chance < moved + shortened and draft.race is None:
            seconds, outcome = seconds / rng.uniform(0.35, 0.8), "shortened"
        if (habit.first + place, draft.number + 1) in planner.taken:
            continue
        seconds *= float(np.exp(rng.normal(0.0, 0.08)))
        planner.plan(habit.first + place, draft.number + 1, draft.activity, draft.session, draft.name, seconds, outcome,
                     str(row["id"]))  # fmt: skip
    busy = {habit.first + draft.place for draft in drafts} | {day for day, _ in planner.taken}
    _not_done(planner, rng, person, habit, missed, begins, busy)
    plans = sorted(planner.plans, key=lambda plan: (plan.entered_at, plan.day, plan.number, plan.id))
    return plans, planner.truth


def _not_done(
    planner: Planner,
    rng: np.random.Generator,
    person: Person,
    habit: Habit,
    missed: float,
    begins: int,
    busy: set[int],
) -> None:
    """Plans that nothing came of, and those of the week ahead, on days that are not `busy`."""
    days = habit.probability.size
    usual = person.day_share * missed / (1 - missed)
    for place in range(begins, days + AHEAD):
        day = habit.first + place
        inside = next((each for each in habit.stretches if each.first <= day <= each.last), None)
        if day in busy:
            continue
        likely, outcome = usual, "missed"
        if place >= days:
            likely, outcome = person.day_share * person.weekday[weekday(day)], "ahead"
        elif inside is not None and inside.kind in SUDDEN:
            # the week was planned; then it is taken back
            likely = person.day_share if week_start(day) <= inside.first or rng.random() < 0.2 else 0.0
            outcome = "withdrawn" if day - inside.first >= 3 and rng.random() < 0.7 else "missed"
        elif inside is not None and inside.kind == "no device":
            likely, outcome = person.day_share, "not recorded"
        elif inside is not None and inside.kind == "holiday":
            likely = usual / 2
        if rng.random() > likely:
            continue
        activity = max(person.mix, key=lambda each: person.mix[each])
        kind = str(rng.choice(("easy", "long", "tempo"), p=(0.75, 0.15, 0.1)))
        seconds = (person.distance[activity] / person.speed[activity] if activity not in MINUTES
                   else 60 * MINUTES[activity])  # fmt: skip
        seconds *= {"easy": 1.0, "long": 1.7, "tempo": 1.1}[kind] * float(np.exp(rng.normal(0.0, 0.15)))
        plan = planner.plan(day, 1, activity, kind, "", seconds, outcome, None)
        if outcome == "withdrawn" and inside is not None:
            planner.withdraw(plan, min(max(inside.first + 2, week_start(day)), day))


def moment(day: int, hour: float) -> datetime:
    """Time of a statement."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)


def _id(kind: str, *what: object) -> str:
    return kind + hashlib.sha256(":".join(map(str, ("simulator", *what))).encode()).hexdigest()[:18]
