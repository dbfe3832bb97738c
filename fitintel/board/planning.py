"""What the form of a planned session sends, as statements about the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.stated import PlannedWorkout
from fitintel.views.coach.sessions import of_key

if TYPE_CHECKING:
    from fitintel.workbench.door import Workbench


def replan(bench: Workbench, athlete_id: str, fields: Mapping[str, str]) -> None:
    """Keep the session as it was typed, or take it out; one that moves to another day is taken out where it was.

    Raises UsageError for what cannot be read, NotAllowed, NotFound for a session that is no longer planned.
    """
    held = {(days.iso(one.day), one.number): one for one in bench.stated("plan", athlete_id)
            if isinstance(one, PlannedWorkout)}  # fmt: skip
    old, day = of_key(fields.get("key", "")), fields.get("day", "")
    if fields.get("action") != "withdraw":
        stays = old is not None and old[0] == day
        taken = [number for at, number in held if at == day]
        number = old[1] if stays and old is not None else max(taken, default=0) + 1
        typed: dict[str, Any] = {name: fields.get(name, "") for name in ("sport", "duration", "distance", "notes")}
        bench.state("plan", athlete_id=athlete_id, day=day, number=number, rpe=_effort(fields.get("rpe", "")), **typed)
        if stays:
            return
    if old is not None:
        sport = held[old].sport if old in held else "other"
        bench.state("plan", athlete_id=athlete_id, day=old[0], number=old[1], sport=sport, withdraw=True)


def _effort(said: str) -> float | None:
    try:
        return float(said) if said else None
    except ValueError:
        raise UsageError(f"rpe: {said!r} is no number", next="give 0 to 10") from None
