"""Alerts: which stand, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.answers import Answer, Told
    from fitintel.workbench.alerts import Alert


class AlertDoor(Door):
    """Verbs on alerts and on other things that briefs told."""

    def alerts(self, athlete_id: str | None = None, *, open_only: bool = True) -> tuple[Alert, ...]:
        """The alerts that stand in the newest brief, or all that were ever told, newest first."""
        from fitintel.workbench.alerts import alerts
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return alerts(self.store, athlete.id, open_only=open_only)

    def answer(
        self, key: str, action: str, why: str = "", until: str | int | None = None, *, athlete_id: str | None = None
    ) -> Answer:
        """Acknowledge, snooze `until` a day, dismiss or reopen an alert; or say helpful, unhelpful, done, partly, not
        done of anything told. The next brief respects it.
        """  # fmt: skip
        from fitintel.workbench.alerts import answer
        from fitintel.workbench.briefs import which_day, whom

        athlete = whom(self, athlete_id)
        self.may(Action.ANNOTATE, athlete.id, Kind.BRIEF)
        end = None if until in (None, "") else which_day(None, until)
        return answer(self.store, athlete.id, key, action, by=self.actor.id, why=why, until=end)

    def answers(self, athlete_id: str | None = None, key: str | None = None) -> tuple[Answer, ...]:
        """Every answer ever given, oldest first."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return self.store.answers(athlete.id, key=key)

    def told(self, athlete_id: str | None = None, key: str | None = None) -> tuple[Told, ...]:
        """What briefs told, with its evidence and what became of it, oldest first."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return self.store.told(athlete.id, key=key)

    def advised(self, athlete_id: str | None = None) -> tuple[Told, ...]:
        """Recommendations and plans as briefs told them, with what became of each, newest first; one a key and day."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        found = {
            (one.day, one.key): one
            for one in self.store.told(athlete.id)
            if one.section == "recommendations" or one.code == "today_plan"
        }
        return tuple(sorted(found.values(), key=lambda one: (-one.day, one.key)))
