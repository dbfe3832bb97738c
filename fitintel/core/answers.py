"""What a person answers: the label of a workout, and what became of something that was told. Never changed in place.

A later answer about the same thing takes the earlier one's place, and the earlier one stays readable. Who, when and
why are part of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fitintel.core.records import Insight

ACTIVITIES = ("run", "walk", "hike", "ride", "swim", "strength", "mixed", "other", "outlier")
"""What a workout was; `unsure` is an algorithm's word, never a person's."""
SESSIONS = ("easy", "long", "tempo", "interval", "race", "recovery")
"""What kind of session it was."""
LEVELS: dict[str, tuple[str, ...]] = {"activity": ACTIVITIES, "session": SESSIONS}
"""level of a label -> the labels a person may give"""


@dataclass(frozen=True, slots=True)
class Label:
    """A person's word on what a workout was; it always wins over an algorithm's. `value` None takes it back."""

    id: str
    athlete_id: str
    workout_id: str
    level: str
    value: str | None
    by: str
    """actor who said so"""
    at: datetime
    why: str = ""
    asked: bool = False
    """given in answer to a question, not by the person's own start: such labels are no random sample"""

    @property
    def about(self) -> tuple[object, ...]:
        """What it speaks of."""
        return (self.workout_id, self.level)


class Action(StrEnum):
    """What a person did with something told."""

    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not done"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person did with an alert, an insight or a recommendation, told under `key`."""

    id: str
    athlete_id: str
    key: str
    """what was told, the same on every day on which it stands (`Told.key`)"""
    action: Action
    day: int
    """day number of the brief that was answered"""
    by: str
    at: datetime
    why: str = ""
    until: int | None = None
    """of a snooze: the first day number on which it may be told again"""


@dataclass(frozen=True, slots=True)
class Told:
    """An insight as it was told in a brief: its runs, its evidence, and what became of it."""

    athlete_id: str
    day: int
    brief_id: str
    key: str
    """code and what it speaks of; the same as long as the same thing stands"""
    section: str
    code: str
    level: str
    run_ids: tuple[str, ...]
    workout_ids: tuple[str, ...]
    first_day: int
    """day number on which this key was first told without a break"""
    outcome: str = ""
    """what became of it, in one word: confirmed, dismissed, done, came true, missed ...; empty: not known yet"""
    detail: dict[str, Any] | None = None


def key_of(insight: Insight) -> str:
    """The key of an insight: its own, or its code and what it speaks of (subject, then workout, week or day).

    >>> from fitintel.core.records import Section
    >>> key_of(Insight(Section.FORECAST, "forecast_week", {"week": 20374}, (), subject="distance"))
    'forecast_week:distance:20374'
    """
    stated = insight.values.get("key")
    if isinstance(stated, str):
        return stated
    about = insight.workout_ids[:1] or [insight.values[name] for name in ("week", "day") if name in insight.values][:1]
    return ":".join(str(part) for part in (insight.code, insight.subject, *about) if part not in ("", None))


def latest(said: Iterable[Label], *, known_on: datetime | None = None) -> list[Label]:
    """The labels that hold: the latest about each workout and level, those taken back left out, by workout and level.

    `known_on` leaves out what was said later.
    """
    held: dict[tuple[object, ...], Label] = {}
    for one in sorted(said, key=lambda each: (each.at, each.id)):
        if known_on is None or one.at <= known_on:
            held[one.about] = one
    return sorted(
        (one for one in held.values() if one.value is not None), key=lambda each: (each.workout_id, each.level)
    )
