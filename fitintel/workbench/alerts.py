"""Alerts: which stand, and what a person did with them. An answer is only ever added to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from fitintel.core.answers import Action, Answer, Told
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.storage.store import Store
from fitintel.workbench.telling import BECAME

ALERTS = "alerts"
"""section of alerts"""
NO_ALERT = ("alerts_none", "alerts_rate", "alerts_few_nights", "alert_closed", "withheld")
"""codes of that section that are no alerts"""
MAX_WHY = 10_000
SNOOZE_DAYS = 7
"""d. How long a snooze lasts where no day is named."""
LONGEST_SNOOZE = 365


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert or noted finding as the newest brief that told it has it, and the answer that holds."""

    told: Told
    state: str
    """open, acknowledged, snoozed, dismissed, over"""
    answer: Answer | None


def alerts(store: Store, athlete_id: str, *, open_only: bool = True) -> tuple[Alert, ...]:
    """Alerts by the day they were last told, newest first; with `open_only` those of the newest brief, unanswered."""
    newest: dict[str, Told] = {}
    last_day = -1
    for each in store.told(athlete_id):
        last_day = max(last_day, each.day)
        if each.section == ALERTS and each.code not in NO_ALERT:
            newest[each.key] = each
    held = holding(store.answers(athlete_id))
    found = [Alert(each, _state(each, held.get(each.key), last_day), held.get(each.key)) for each in newest.values()]
    found.sort(key=lambda one: (-one.told.day, one.told.level != "alert", one.told.key))
    return tuple(one for one in found if not open_only or one.state in ("open", "acknowledged"))


def holding(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The answer that holds about each key; of answers oldest first the last, none where it was reopened."""
    held = {each.key: each for each in answers}
    return {key: each for key, each in held.items() if each.action is not Action.REOPEN}


def answer(
    store: Store, athlete_id: str, key: str, action: str, *, by: str, why: str = "", until: int | None = None,
    now: datetime | None = None,
) -> Answer:  # fmt: skip
    """Keep what a person did with something told, on the day of the newest brief that told it.

    Raises UnknownName for an action that does not exist, NotFound for a key never told, UsageError for a snooze into
    the past or too far ahead, or too long a reason.
    """
    if action not in tuple(Action):
        raise UnknownName("answer", action, tuple(Action))
    if len(why) > MAX_WHY:
        raise UsageError(f"why has {len(why):,} characters", next=f"shorten it to {MAX_WHY:,}")
    told = store.told(athlete_id, key=key)
    if not told:
        raise NotFound(f"Nothing was told under {key!r}", next="see the keys with: fitintel alerts list")
    done, day = Action(action), told[-1].day
    if done is Action.SNOOZE:
        until = day + SNOOZE_DAYS if until is None else until
        if not day < until <= day + LONGEST_SNOOZE:
            raise UsageError("A snooze ends after the day of the brief, within a year",
                             next="name another day with --until")  # fmt: skip
    elif until is not None:
        raise UsageError(f"{action} has no end", next="only a snooze has --until")
    before = holding(store.answers(athlete_id, key=key)).get(key)
    if before is None and done is Action.REOPEN:
        raise NotFound("There is nothing to reopen", why=f"{key!r} was not answered", next="fitintel alerts list --all")
    if before is not None and (before.action, before.why, before.until) == (done, why.strip(), until):
        return before
    at = now or datetime.now(UTC)
    given = Answer(f"a-{uuid.uuid4().hex[:20]}", athlete_id, key, done, day, by, at, why.strip(), until)
    store.answer([given])
    # a forecast's outcome is what happened, whatever a person thinks of it
    kept = {(each.day, key): BECAME.get(done, "") for each in told if each.outcome in ("", *BECAME.values())}
    store.judge_told(athlete_id, kept)
    return given


def _state(told: Told, answer: Answer | None, last_day: int) -> str:
    if answer is not None:
        if answer.action in (Action.DISMISS, Action.UNHELPFUL):
            return "dismissed"
        if answer.action is Action.SNOOZE and (answer.until is None or last_day < answer.until):
            return "snoozed"
        if answer.action is not Action.SNOOZE and told.day == last_day:
            return "acknowledged"
    return "open" if told.day == last_day else "over"
