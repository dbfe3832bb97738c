"""Sex and year of birth: said, shown and taken back. They are read by fairness reports alone, never by a figure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core import days
from fitintel.core.details import Details, checked
from fitintel.core.errors import UsageError
from fitintel.workbench.athletes import find, own
from fitintel.workbench.briefs import whom

if TYPE_CHECKING:
    from fitintel.intelligence.simulate import SimulatedAthlete
    from fitintel.workbench.door import AthleteDoor

WHY = "to watch fairness by group"


def say(bench: AthleteDoor, athlete_id: str | None, *, sex: str | None, born: int | None) -> Details:
    """Keep what was said; what is None stays as it was. The audit chain says what was given, not the values."""
    athlete = find(bench, athlete_id) if athlete_id else own(bench, None)
    bench.may(Action.UPDATE, athlete.id, Kind.DETAILS)
    if sex is None and born is None:
        raise UsageError("Nothing was said", next="fitintel athlete set --sex female --born 1985")
    sex, born = checked(sex, born, days.today())
    before = bench.store.details(athlete.id)
    if before is not None:
        sex, born = sex or before.sex, born or before.born
    kept = Details(athlete.id, sex, born, bench.actor.id, datetime.now(UTC))
    bench.store.put_details(kept)
    given = [name for name, value in (("sex", sex), ("year of birth", born)) if value is not None]
    bench.note("consent", athlete.id, "given", WHY, {"for": "fairness", "details": given})
    return kept


def forget(bench: AthleteDoor, athlete_id: str | None) -> bool:
    """Remove them for good; whether there were any."""
    athlete = whom(bench, athlete_id)
    bench.may(Action.UPDATE, athlete.id, Kind.DETAILS)
    gone = bench.store.forget_details(athlete.id)
    if gone:
        bench.note("consent", athlete.id, "withdrawn", WHY, {"for": "fairness"})
    return gone


def details_of(one: SimulatedAthlete) -> Details:
    """What a simulated athlete says of themselves."""
    return Details(one.athlete.id, one.sex or None, one.born or None, "simulator", datetime.now(UTC))
