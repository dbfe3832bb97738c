"""Broken glass: an administrator reads one athlete's data in an emergency, with a reason, a second person, and an end.

The athlete is told: it stands among those who saw their data, and is shown to them until they have read it.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotAllowed, NotFound, UsageError
from fitintel.core.people import Glass

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

MOST_MINUTES = 60
SHORTEST = 15
"""characters of a reason"""


def ask(bench: Door, athlete_id: str, reason: str, minutes: int = MOST_MINUTES) -> Glass:
    """Ask to read an athlete's data; it opens once somebody else approves."""
    bench.may(Action.CREATE, kind=Kind.GLASS, about=athlete_id)
    if not 1 <= minutes <= MOST_MINUTES:
        raise UsageError(f"{minutes} minutes are not possible", why=f"from 1 to {MOST_MINUTES} are")
    if len(reason.strip()) < SHORTEST:
        raise UsageError("The reason is too short", next="say what has happened: the athlete reads it")
    bench.vault.athlete(athlete_id)
    made = Glass(f"g-{secrets.token_hex(8)}", athlete_id, bench.actor.id, reason.strip(), datetime.now(UTC), minutes)
    bench.vault.put_glass(made)
    _note(bench, made, "ask")
    return made


def approve(bench: Door, glass_id: str) -> Glass:
    """A second administrator's word: from now on it is open for the minutes that were asked for."""
    one = _found(bench, glass_id)
    bench.may(Action.APPROVE, kind=Kind.GLASS, owner=one.account_id if one is not None else None, about=glass_id)
    if one is None:
        raise NotFound(f"There is no broken glass {glass_id!r}")
    if one.account_id == bench.actor.id:
        raise NotAllowed("Nobody approves their own", why="a second person has to agree")
    if one.approved_at is not None or one.ended_at is not None:
        raise UsageError("This one was answered already")
    made = replace(one, approved_by=bench.actor.id, approved_at=datetime.now(UTC))
    bench.vault.put_glass(made)
    _note(bench, made, "open")
    return made


def end(bench: Door, glass_id: str) -> Glass:
    """Close it before its time."""
    one = _found(bench, glass_id)
    bench.may(Action.DELETE, kind=Kind.GLASS, owner=one.account_id if one is not None else None, about=glass_id)
    if one is None:
        raise NotFound(f"There is no broken glass {glass_id!r}")
    made = replace(one, ended_at=one.ended_at or datetime.now(UTC))
    bench.vault.put_glass(made)
    _note(bench, made, "close")
    return made


def listed(bench: Door, athlete_id: str | None = None) -> tuple[Glass, ...]:
    """Broken glasses, of an athlete or all; an athlete who looks has been told."""
    bench.may(Action.READ, athlete_id, Kind.GLASS)
    found = bench.vault.glasses(athlete_id)
    if athlete_id is not None and athlete_id == bench.actor.athlete_id:
        for one in found:
            if one.told_at is None:
                bench.vault.put_glass(replace(one, told_at=datetime.now(UTC)))
    return found


def _found(bench: Door, glass_id: str) -> Glass | None:
    return next((one for one in bench.vault.glasses() if one.id == glass_id), None)


def _note(bench: Door, one: Glass, what: str) -> None:
    bench.note("glass", one.athlete_id, what, one.reason,
               {"glass": one.id, "minutes": one.minutes, "by": one.account_id,
                "approved_by": one.approved_by})  # fmt: skip
