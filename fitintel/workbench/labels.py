"""What people say a workout was. A label is only ever added to; merged workouts share theirs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fitintel.core.answers import LEVELS, Label, latest
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.recorded import Link, LinkState
from fitintel.storage.store import Store

MAX_WHY = 10_000
QUESTION = "label_question"
"""code of the insight that asks for a label"""


def give(
    store: Store, athlete_id: str, workout_id: str, given: Mapping[str, str], *, by: str, why: str = "",
    now: datetime | None = None,
) -> tuple[Label, ...]:  # fmt: skip
    """Keep a label for each level, unless the one that holds says the same; the labels that then hold.

    Raises UnknownName for a level or label that does not exist, NotFound for a workout that the athlete does not have,
    UsageError for too long a reason.
    """
    for level, value in given.items():
        if level not in LEVELS:
            raise UnknownName("level of a label", level, LEVELS)
        if value not in LEVELS[level]:
            raise UnknownName(f"label of {level}", value, LEVELS[level])
    if not given:
        raise UsageError("It is not said what the workout was", next="write activity=walk, or session=easy")
    if len(why) > MAX_WHY:
        raise UsageError(f"why has {len(why):,} characters", next=f"shorten it to {MAX_WHY:,}")
    workout = _known(store, athlete_id, workout_id)
    held = {one.level: one for one in holding(store, athlete_id) if one.workout_id == workout}
    asked = any(one.code == QUESTION and workout_id in one.workout_ids for one in store.told(athlete_id))
    at = now or datetime.now(UTC)
    made = [
        Label(f"l-{uuid.uuid4().hex[:20]}", athlete_id, workout_id, level, value, by, at, why.strip(), asked)
        for level, value in given.items()
        if level not in held or (held[level].value, held[level].why) != (value, why.strip() or held[level].why)
    ]
    store.put_labels(made)
    return tuple(one for one in holding(store, athlete_id) if one.workout_id == workout and one.level in given)


def take_back(
    store: Store, athlete_id: str, workout_id: str, level: str | None = None, *, by: str, why: str = "",
    now: datetime | None = None,
) -> tuple[Label, ...]:  # fmt: skip
    """Take back what was said of a workout, on one level or all; those taken back. They stay readable.

    Raises UnknownName for a level that does not exist, NotFound where nothing was said.
    """
    if level is not None and level not in LEVELS:
        raise UnknownName("level of a label", level, LEVELS)
    workout = _known(store, athlete_id, workout_id)
    held = [one for one in holding(store, athlete_id) if one.workout_id == workout and level in (None, one.level)]
    if not held:
        raise NotFound(f"No label of {workout_id} holds", next="see those that do with: fitintel label list")
    at = now or datetime.now(UTC)
    store.put_labels([
        Label(f"l-{uuid.uuid4().hex[:20]}", athlete_id, workout, one.level, None, by, at, why.strip())
        for one in held
    ])  # fmt: skip
    return tuple(held)


def holding(store: Store, athlete_id: str, *, known_on: datetime | None = None) -> list[Label]:
    """The labels that hold, those of merged workouts under the workout that leads, as known at a time."""
    return led(store.labels(athlete_id), store.links(athlete_id), known_on=known_on)


def led(said: Iterable[Label], links: Iterable[Link], *, known_on: datetime | None = None) -> list[Label]:
    """The same, of labels and merge decisions."""
    leader = {link.other_id: link.workout_id for link in links if link.state is LinkState.MERGED}
    moved = (replace(one, workout_id=leader.get(one.workout_id, one.workout_id)) for one in said)
    return latest(moved, known_on=known_on)


def plain(labels: Iterable[Label]) -> list[dict[str, Any]]:
    """Labels as `compose` takes them."""
    return [
        {"workout_id": one.workout_id, "level": one.level, "value": one.value, "at": one.at.timestamp(),
         "asked": one.asked}
        for one in labels
    ]  # fmt: skip


def _known(store: Store, athlete_id: str, workout_id: str) -> str:
    """The workout that leads where this one is merged, else itself; raises NotFound."""
    if workout_id not in store.known_ids(athlete_id, [workout_id]):
        raise NotFound(f"There is no workout {workout_id!r} of {athlete_id}", next="see them with: fitintel workouts")
    return next((link.workout_id for link in store.links(athlete_id)
                 if link.other_id == workout_id and link.state is LinkState.MERGED), workout_id)  # fmt: skip
