"""Erasing an athlete's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.erasures import Certificate


class ErasingDoor(Door):
    """The verbs that remove athletes for good."""

    def erase(self, athlete_id: str, confirm: str) -> Certificate:
        """Remove everything of an athlete for good; `confirm` is the athlete's id, typed by a person.

        An erasure that was cut off goes on. Rows of the audit chain stay: they say who did what and when, under the
        athlete's id, and hold no figure. Raises UsageError, and StorageUnavailable where a store is away or in use.
        """
        from fitintel.workbench.athletes import find
        from fitintel.workbench.erasing import erase, pending

        self.may(Action.EXECUTE, athlete_id, Kind.ERASURE)
        begun = {one.athlete_id for one in pending(self)}
        return erase(self, athlete_id if athlete_id in begun else find(self, athlete_id).id, confirm)

    def resume_erasures(self) -> list[Certificate]:
        """Finish every erasure that was cut off. Raises StorageUnavailable where a store is away or in use."""
        from fitintel.workbench.erasing import resume

        self.may(Action.EXECUTE, kind=Kind.ERASURE)
        return resume(self)
