"""Where everybody stands in the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fitintel.core.mornings import Turn, due, next_moment
from fitintel.core.preferences import Preferences
from fitintel.workbench.scheduling.looking import now_utc

if TYPE_CHECKING:
    from fitintel.workbench.door.schedules import ScheduleDoor


@dataclass(frozen=True, slots=True)
class Standing:
    """One athlete in the schedule."""

    athlete_id: str
    reads: Preferences
    last: Turn | None
    """the newest morning; None before the first"""
    next: datetime
    """when a brief is due, in UTC; not later than now where one is due already"""


def standing(bench: ScheduleDoor, now: datetime | None = None) -> list[Standing]:
    """Every athlete, who is next first."""
    now = now or now_utc()
    turns, chosen = bench.vault.turns(), bench.vault.all_preferences()
    found = []
    for one in bench.vault.athletes():
        reads, last = chosen.get(one.id) or Preferences(one.id), turns.get(one.id)
        found.append(Standing(one.id, reads, last, now if due(reads, last, now) else next_moment(reads, now)))
    return sorted(found, key=lambda each: (each.next, each.athlete_id))
