"""Labels of workouts, as a person and as a program reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core.answers import Label
from fitintel.views.language import _, marked

HEADER = (marked("Workout"), marked("Level"), marked("Label"), marked("By"), marked("On"), marked("Why"))


def label_text(one: Label) -> str:
    """What was said, in a line.

    >>> from datetime import UTC, datetime
    >>> label_text(Label("l-1", "me", "w-1", "activity", "walk", "local-owner", datetime(2025, 10, 7, tzinfo=UTC)))
    'w-1 was: walk (activity)'
    """
    said = _("{workout}: taken back", workout=one.workout_id)
    if one.value:
        said = _("{workout} was: {label} ({level})", workout=one.workout_id, label=one.value, level=one.level)
    return _("{said}. Why: {reason}", said=said, reason=one.why) if one.why else said


def label_rows(labels: Iterable[Label]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells of a table."""
    return tuple(map(_, HEADER)), [
        (one.workout_id, one.level, one.value or _("taken back"), one.by, one.at.date().isoformat(), one.why)
        for one in labels
    ]


def label_dict(one: Label) -> dict[str, Any]:
    """Plain values."""
    return {
        "id": one.id, "athlete": one.athlete_id, "workout": one.workout_id, "level": one.level, "label": one.value,
        "by": one.by, "at": one.at.isoformat(), "why": one.why, "asked": one.asked,
    }  # fmt: skip
