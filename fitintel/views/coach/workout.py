"""The workouts of an athlete: a table of the latest, one of them opened, and what it was taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core.answers import LEVELS, Label
from fitintel.core.units import UnitSystem
from fitintel.views import dates, numbers
from fitintel.views.charts.plane import PlaneChart
from fitintel.views.coach.address import Address
from fitintel.views.language import _, marked
from fitintel.views.words.labels import WORDS
from fitintel.views.words.sports import sport

LEVEL = {"activity": marked("It was"), "session": marked("Kind of session")}


@dataclass(frozen=True, slots=True)
class WorkoutRow:
    """One of the latest workouts."""

    workout: str
    link: str
    day: str
    sport: str
    taken_for: str
    said: bool
    """a person said so"""
    distance: str
    duration: str
    heart_rate: str
    flags: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a label: what can be said, and what is."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class OpenedWorkout:
    """One workout with its figures, quality, repairs and samples."""

    workout: str
    title: str
    lines: tuple[str, ...]
    repairs: tuple[str, ...]
    charts: tuple[PlaneChart, ...]
    levels: tuple[Level, ...]
    no_samples: str


def workout_rows(
    rows: Sequence[Mapping[str, Any]], labels: Sequence[Label], taken: Mapping[str, str], address: Address,
    units: UnitSystem,
) -> tuple[WorkoutRow, ...]:  # fmt: skip
    """The table; `taken` is what an algorithm takes a workout for: id -> label of the brief."""
    said = {one.workout_id: one.value for one in labels if one.level == "activity"}
    return tuple(
        WorkoutRow(
            row["id"], address.link("athlete", workout=row["id"]) + "#workout", dates.date(row["day"]),
            sport(row["sport"]), _word(said.get(row["id"]) or taken.get(row["id"], "")), row["id"] in said,
            _shown(row, "distance", units), _shown(row, "duration", units),
            numbers.quantity(row["hr_mean"], "heart rate", units) if numbers.known(row.get("hr_mean")) else "",
            (row.get("flags") or "").replace("_", " "),
        )
        for row in rows
    )  # fmt: skip


def levels(labels: Sequence[Label], workout_id: str) -> tuple[Level, ...]:
    """What a person may say of a workout."""
    said = {one.level: one.value or "" for one in labels if one.workout_id == workout_id}
    return tuple(
        Level(name, _(LEVEL[name]), (("", _("not said")), *((value, _word(value)) for value in values)),
              said.get(name, ""))
        for name, values in LEVELS.items()
    )  # fmt: skip


def _word(label: str) -> str:
    return _(WORDS[label]) if label in WORDS else _("unsure") if label == "unsure" else label


def _shown(row: Mapping[str, Any], name: str, units: UnitSystem) -> str:
    return numbers.quantity(row[name], name, units) if numbers.known(row.get(name)) else ""
