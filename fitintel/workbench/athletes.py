"""Whose workouts: finding an athlete, the person's own record, and whom a brief is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.records import Athlete

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

OWN = Athlete(id="me", name="You")
"""The athlete of files that name nobody else."""


def find(bench: Door, athlete_id: str) -> Athlete:
    """The athlete of that id, else UnknownName with the nearest known ids."""
    try:
        return bench.store.athlete(athlete_id)
    except NotFound:
        known = [athlete.id for athlete in bench.store.athletes()]
        todo = "import a file for them, or see: fitintel doctor"
        raise UnknownName("athlete", athlete_id, known, next=todo) from None


def named(bench: Door, athlete_id: str | None) -> str:
    """The id that is named, else the athlete that the actor is, else whom a brief is for when nobody is named."""
    return athlete_id or bench.actor.athlete_id or default(bench).id


def own(bench: Door, athlete_id: str | None) -> Athlete:
    """The athlete to write for: the named one, created if new, or the person's own record."""
    wanted = athlete_id or bench.actor.athlete_id or OWN.id
    if not wanted.replace("-", "").replace("_", "").isalnum() or len(wanted) > 64:
        raise UsageError(
            f"An athlete id has letters, digits, - and _ only: {wanted!r}", next="choose another --athlete"
        )
    try:
        athlete = bench.store.athlete(wanted)
    except NotFound:
        athlete = OWN if wanted == OWN.id else Athlete(id=wanted, name=wanted)
        bench.store.put_athlete(athlete)
    if athlete.simulated:
        raise UsageError(f"{wanted} is a simulated athlete", next="import for yourself: leave --athlete out")
    return athlete


def default(bench: Door) -> Athlete:
    """Whom a brief is for when nobody is named: oneself, then a real athlete, `me` before others."""
    me = bench.actor.athlete_id or OWN.id
    athletes = sorted(bench.store.athletes(), key=lambda one: (one.id != me, one.simulated, one.id))
    if not athletes:
        raise NotFound("There is nobody to brief yet", next="fitintel import FILE, or fitintel demo")
    return athletes[0]
