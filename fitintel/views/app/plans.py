"""The screen Goals and plans: what is stated, how it goes, and plans side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fitintel.core.plans import WeeklyPlan
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.app.forms import KINDS
from fitintel.views.app.workouts import sport_word
from fitintel.views.language import _, marked

AIMS: dict[str, tuple[str, str]] = {
    "training_days": ("training days", marked("{value} a week")),
    "weekly_duration": ("duration", marked("{value} a week")),
    "weekly_distance": ("distance", marked("{value} a week")), "ctl": ("load", marked("CTL {value}")),
}  # fmt: skip
"""kind of goal -> quantity of its value, and how it is said"""
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One statement that can be withdrawn: the fields that name it."""

    text: str
    detail: str
    fields: tuple[tuple[str, object], ...]


def goal_lines(goals: Iterable[Goal], units: UnitSystem) -> tuple[Line, ...]:
    """The goals that hold."""
    return tuple(
        Line(f"{_(KINDS[one.kind])}: {_aim(one, units)}".rstrip(": "), _("from {day}").format(
            day=numbers.date(one.valid_from)),
            (("kind", one.kind), ("value", "none"), ("valid_from", _iso(one.valid_from)), ("name", one.name)))
        for one in goals
    )  # fmt: skip


def _aim(one: Goal, units: UnitSystem) -> str:
    if one.value is None or one.kind not in AIMS:
        return one.name
    kind, said = AIMS[one.kind]
    return _(said).format(value=numbers.quantity(one.value, kind, units))


def plan_lines(plans: Iterable[PlannedWorkout], today: int, units: UnitSystem) -> tuple[Line, ...]:
    """What is planned from today on, the next first."""
    return tuple(
        Line(", ".join([numbers.date(one.day), sport_word(one.sport), *_figures(one, units)]), one.notes,
             (("day", _iso(one.day)), ("sport", one.sport), ("number", one.number), ("withdraw", True)))
        for one in sorted(plans, key=lambda each: (each.day, each.number)) if one.day >= today
    )  # fmt: skip


def _figures(one: PlannedWorkout, units: UnitSystem) -> list[str]:
    found = [
        numbers.quantity(value, kind, units)
        for value, kind in ((one.distance, "distance"), (one.duration, "duration"))
        if value is not None
    ]
    return [*found, _("effort {rpe} of 10").format(rpe=numbers.plain(one.rpe))] if one.rpe is not None else found


def excuse_lines(excused: Iterable[ExcusedDays]) -> tuple[Line, ...]:
    """The days that are excused, the latest first."""
    return tuple(
        Line(f"{numbers.date_range(one.first, one.last)}: {_(KINDS[one.reason])}", one.notes,
             (("first", _iso(one.first)), ("reason", one.reason), ("withdraw", True)))
        for one in sorted(excused, key=lambda each: -each.first)
    )  # fmt: skip


def weekly_plan(name: str, sessions: float, ramp: float, taper: float, miss: float) -> WeeklyPlan:
    """A plan as it was set with sliders: `ramp` in percent a week, `miss` 0 for no missed week.

    >>> weekly_plan("A", 4, 5, 7, 0)
    WeeklyPlan(name='A', sessions=4.0, ramp=0.05, taper=7, miss=None)
    """
    return WeeklyPlan(name, float(sessions), ramp / PERCENT, int(taper), int(miss) or None)


def _iso(day: int) -> str:
    from fitintel.core import days

    return days.iso(day)
