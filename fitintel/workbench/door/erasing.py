"""Erasing an athlete's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.workbench.erasing import Erased


class ErasingDoor(Door):
    """The verb that removes an athlete for good."""

    def erase(self, athlete_id: str, confirm: str) -> Erased:
        """Remove everything of an athlete for good; `confirm` is the athlete's id, typed by a person.

        Rows of the audit chain stay: they say who did what and when, and hold no figure. Raises UsageError.
        """
        from fitintel.workbench.athletes import find
        from fitintel.workbench.erasing import erase

        self.may(Action.EXECUTE, athlete_id, Kind.ERASURE)
        return erase(self, find(self, athlete_id).id, confirm)
