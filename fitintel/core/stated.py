"""What a person states: thresholds, goals, planned workouts, excused days. Each statement is dated when it was made.

Statements are never changed. A correction is a later statement about the same thing, and the earlier one stays
readable: `known_on` asks what was known on a day. Every reader gets the latest of those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from fitintel.core.errors import UnknownName

THRESHOLDS: dict[str, tuple[str, float, float, str]] = {
    "power": ("W", 30.0, 700.0, "functional threshold power"),
    "critical_power": ("W", 30.0, 700.0, "critical power"),
    "w_prime": ("J", 1_000.0, 100_000.0, "work capacity above critical power"),
    "heart_rate": ("bpm", 60.0, 230.0, "heart rate at lactate threshold"),
    "hr_max": ("bpm", 100.0, 240.0, "highest heart rate"),
    "hr_rest": ("bpm", 25.0, 110.0, "resting heart rate for zones and TRIMP"),
    "speed": ("m/s", 0.3, 20.0, "threshold or critical speed"),
    "vo2max": ("ml/kg/min", 10.0, 100.0, "maximal oxygen uptake"),
}  # fmt: skip
"""kind of threshold -> SI unit, lowest, highest, what it means."""

GOALS: dict[str, tuple[str, float, float, str]] = {
    "training_days": ("d", 0.5, 7.0, "training days a week"),
    "weekly_duration": ("s", 60.0, 7 * 86_400.0, "training time a week"),
    "weekly_distance": ("m", 100.0, 7_000_000.0, "distance a week"),
    "ctl": ("load/day", 1.0, 1000.0, "smoothed daily load (CTL) on a day"),
    "event": ("d", 0.0, 0.0, "a day to be ready for"),
}  # fmt: skip
"""kind of goal -> SI unit, lowest, highest, what it means."""

REASONS = ("ill", "injured", "travelling", "holiday", "not_synchronised", "other")
"""Why days are excused."""

RACE: dict[str, tuple[str, float, float]] = {"distance": ("m", 100.0, 1_000_000.0), "target": ("s", 10.0, 864_000.0)}
"""what of a race may be stated with its event -> SI unit, lowest, highest"""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A capacity value that holds from a day. `value` None withdraws the one stated before for that day."""

    id: str
    athlete_id: str
    kind: str
    value: float | None
    """SI unit of THRESHOLDS"""
    valid_from: int
    """day number"""
    entered_at: datetime
    sport: str = ""
    """'' holds for every sport"""
    protocol: str = ""
    """how it was found: 20 min test, laboratory, estimate ..."""
    source: str = "typed"

    @property
    def about(self) -> tuple[object, ...]:
        """What it speaks of: a later statement about the same takes its place."""
        return (self.kind, self.sport, self.valid_from)

    @property
    def withdrawn(self) -> bool:
        """Whether it only takes back an earlier one."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Goal:
    """What the athlete aims at from a day on; of kind `event`, on that day."""

    id: str
    athlete_id: str
    kind: str
    value: float | None
    """SI unit of GOALS; None withdraws"""
    valid_from: int
    entered_at: datetime
    name: str = ""
    sport: str = ""
    """of an event; '' where it is not said"""
    distance: float | None = None
    """m, of an event that is a race"""
    target: float | None = None
    """s, the time aimed at in that race"""

    @property
    def about(self) -> tuple[object, ...]:
        """What it speaks of."""
        return (self.kind, self.valid_from, self.name if self.kind == "event" else "")

    @property
    def withdrawn(self) -> bool:
        """Whether it only takes back an earlier one."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class PlannedWorkout:
    """A workout that is planned for a day."""

    id: str
    athlete_id: str
    day: int
    sport: str
    duration: float | None
    """s; None: not said"""
    distance: float | None
    """m; None: not said"""
    entered_at: datetime
    number: int = 1
    """which of that day's workouts, the first is 1"""
    rpe: float | None = None
    notes: str = ""
    withdrawn: bool = False

    @property
    def about(self) -> tuple[object, ...]:
        """What it speaks of."""
        return (self.day, self.number)


@dataclass(frozen=True, slots=True)
class ExcusedDays:
    """Days from `first` to `last` that no habit is judged by."""

    id: str
    athlete_id: str
    first: int
    last: int
    reason: str
    entered_at: datetime
    notes: str = ""
    withdrawn: bool = False

    @property
    def about(self) -> tuple[object, ...]:
        """What it speaks of."""
        return (self.first,)


Stated = Threshold | Goal | PlannedWorkout | ExcusedDays
S = TypeVar("S", bound=Threshold | Goal | PlannedWorkout | ExcusedDays)


def known(statements: Iterable[S], *, known_on: datetime | None = None) -> list[S]:
    """The latest statement about each thing, as known at a time (default: now); those withdrawn are left out."""
    latest: dict[tuple[object, ...], S] = {}
    for each in sorted(statements, key=lambda each: (each.entered_at, each.id)):
        if known_on is None or each.entered_at <= known_on:
            latest[each.about] = each
    return sorted((each for each in latest.values() if not each.withdrawn), key=lambda each: (str(each.about), each.id))


def in_force(
    thresholds: Iterable[Threshold], kind: str, day: int, *, sport: str = "", known_on: datetime | None = None
) -> Threshold | None:
    """The threshold that holds on a day [day number], as known at a time; one of the sport before one of every sport.

    Before the first `valid_from` there is none: a value is never carried back in silence.
    """
    if kind not in THRESHOLDS:
        raise UnknownName("threshold", kind, THRESHOLDS)
    holding = [
        each
        for each in known(thresholds, known_on=known_on)
        if each.kind == kind and each.valid_from <= day and each.sport in ("", sport)
    ]
    return max(holding, key=lambda each: (each.sport == sport, each.valid_from), default=None)


def goal_on(goals: Iterable[Goal], kind: str, day: int, *, known_on: datetime | None = None) -> Goal | None:
    """The goal that holds on a day, as known at a time."""
    if kind not in GOALS:
        raise UnknownName("goal", kind, GOALS)
    holding = [each for each in known(goals, known_on=known_on) if each.kind == kind and each.valid_from <= day]
    return max(holding, key=lambda each: each.valid_from, default=None)


def excused_days(excuses: Iterable[ExcusedDays], *, known_on: datetime | None = None) -> set[int]:
    """Every day number that is excused."""
    return {day for each in known(excuses, known_on=known_on) for day in range(each.first, each.last + 1)}
