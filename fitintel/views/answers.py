"""Alerts and answers, as a person and as a program reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core import days
from fitintel.core.answers import Action, Answer, Told
from fitintel.core.units import UnitSystem
from fitintel.views.language import _, marked
from fitintel.views.weekly import outcome
from fitintel.views.words import say

HEADER = (marked("Since"), marked("State"), marked("Alert"), marked("Key"))
SAID: dict[Action, str] = {
    Action.ACKNOWLEDGE: marked("{key} is acknowledged: it stands quietly from now on"),
    Action.SNOOZE: marked("{key} is snoozed: it is not told before {until}"),
    Action.DISMISS: marked("{key} is dismissed: it is not told again, and its kind has to be surer"),
    Action.REOPEN: marked("{key} is open again"), Action.HELPFUL: marked("{key} is noted as helpful"),
    Action.UNHELPFUL: marked("{key} is noted as unhelpful"), Action.DONE: marked("{key} is noted as done"),
    Action.PARTLY: marked("{key} is noted as partly done"), Action.NOT_DONE: marked("{key} is noted as not done"),
}  # fmt: skip
STATES = {
    "open": marked("open"), "acknowledged": marked("acknowledged"), "snoozed": marked("snoozed"),
    "dismissed": marked("dismissed"), "resolved": marked("resolved"), "over": marked("over"),
}  # fmt: skip
"""state of an alert -> its name"""


def state_words(name: str) -> str:
    """The state of an alert in a word."""
    return _(STATES[name]) if name in STATES else name


def told_text(told: Told, units: UnitSystem = UnitSystem.METRIC) -> str:
    """The sentence that was told."""
    return say(told.code, told.detail or {}, units).text


def answer_text(one: Answer) -> str:
    """What was answered, in a line.

    >>> from datetime import UTC, datetime
    >>> answer_text(Answer("a", "me", "alert_gap:20000", Action.SNOOZE, 20001, "me", datetime(2025, 10, 7, tzinfo=UTC),
    ...                    until=20010))
    'alert_gap:20000 is snoozed: it is not told before 2024-10-14'
    """
    said = _(SAID[one.action], key=one.key, until=days.iso(one.until) if one.until is not None else "")
    return _("{said}. Why: {reason}", said=said, reason=one.why) if one.why else said


def alert_rows(
    found: Iterable[tuple[Told, str]], units: UnitSystem = UnitSystem.METRIC
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells of a table of alerts with their states."""
    rows: list[tuple[str, ...]] = [
        (days.iso(told.first_day), state_words(state), told_text(told, units), told.key) for told, state in found
    ]
    return tuple(map(_, HEADER)), rows


def alert_dict(told: Told, state: str, answer: Answer | None, units: UnitSystem = UnitSystem.METRIC) -> dict[str, Any]:
    """Plain values; those of the detail are SI."""
    return {
        "key": told.key, "state": state, "level": told.level, "code": told.code, "text": told_text(told, units),
        "since": days.iso(told.first_day), "last_told": days.iso(told.day), "brief": told.brief_id,
        "runs": list(told.run_ids), "workouts": list(told.workout_ids), "outcome": told.outcome,
        "values": told.detail, "answer": answer_dict(answer) if answer is not None else None,
    }  # fmt: skip


def advice_rows(
    found: Iterable[Told], units: UnitSystem = UnitSystem.METRIC
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells of a table of recommendations with what became of each."""
    rows: list[tuple[str, ...]] = [
        (days.iso(one.day), outcome(one.outcome) or _("not known yet"), told_text(one, units), one.key) for one in found
    ]
    return (_("Day"), _("Became"), _("Recommendation"), _("Key")), rows


def advice_dict(one: Told, units: UnitSystem = UnitSystem.METRIC) -> dict[str, Any]:
    """Plain values; those of the detail are SI."""
    return {
        "key": one.key, "day": days.iso(one.day), "code": one.code, "text": told_text(one, units),
        "outcome": one.outcome, "since": days.iso(one.first_day), "brief": one.brief_id, "runs": list(one.run_ids),
        "workouts": list(one.workout_ids), "values": one.detail,
    }  # fmt: skip


def answer_dict(one: Answer) -> dict[str, Any]:
    """Plain values."""
    return {
        "id": one.id, "athlete": one.athlete_id, "key": one.key, "action": one.action.value,
        "day": days.iso(one.day), "by": one.by, "at": one.at.isoformat(), "why": one.why,
        "until": None if one.until is None else days.iso(one.until),
    }  # fmt: skip
