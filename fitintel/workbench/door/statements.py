"""Statements: wellness, and the thresholds, goals, plans and excuses that a person states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.stated import Stated
    from fitintel.core.wellness import Wellness
    from fitintel.ingest.report import ImportReport


STATED: dict[str, tuple[Kind, str | None]] = {"plan": (Kind.PLAN, None), "excuse": (Kind.HEALTH, "illness")}
"""what is stated -> what it is to the policy, and its category of consent; any other is a statement"""


class StatementDoor(Door):
    """Verbs on wellness and on what a person states."""

    def add_wellness(self, *, athlete_id: str | None = None, **fields: Any) -> ImportReport:
        """Take in the typed wellness of one day, through the same checks as a file."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.wellness_by_hand import add_wellness

        athlete = own(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.HEALTH)
        return add_wellness(self.store, self.blobs, athlete.id, **fields)

    def wellness(self, athlete_id: str | None = None, **limits: Any) -> tuple[Wellness, ...]:
        """The athlete's values of wellness, by day and metric."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may_some(Action.READ, athlete.id, Kind.HEALTH)
        return self.store.wellness(athlete.id, **limits)

    def state(self, what: str, *, athlete_id: str | None = None, **fields: Any) -> Stated:
        """Keep a threshold, goal, plan or excuse; the earlier statement about the same thing stays readable."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.stating import keep, make

        athlete = own(self, athlete_id)
        kind, category = STATED.get(what, (Kind.STATEMENT, None))
        self.may(Action.CREATE, athlete.id, kind, category=category)
        return keep(self.store, make(what, athlete.id, **fields))

    def stated(self, what: str, athlete_id: str | None = None, *, history: bool = False) -> tuple[Stated, ...]:
        """The thresholds, goals, plans or excuses that hold, or all that were ever stated."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.stating import holding

        athlete = whom(self, athlete_id)
        kind, category = STATED.get(what, (Kind.STATEMENT, None))
        self.may(Action.READ, athlete.id, kind, category=category)
        return holding(self.store, athlete.id, what, history=history)
