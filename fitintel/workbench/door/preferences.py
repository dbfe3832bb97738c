"""Preferences: how the person who reads wants to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.preferences import Preferences


class PreferenceDoor(Door):
    """Verbs on what the reader prefers."""

    def preferences(self) -> Preferences:
        """What this reader prefers; what was never chosen is as it is for everybody."""
        self.may(Action.READ, kind=Kind.PREFERENCE, owner=self.actor.id)
        from fitintel.workbench.preferring import preferences

        return preferences(self)

    def prefer(self, **chosen: Any) -> Preferences:
        """Change what this reader prefers: `units`, `language`, `theme`, `time_zone`, `morning`; the others stay."""
        self.may(Action.UPDATE, kind=Kind.PREFERENCE, owner=self.actor.id)
        from fitintel.workbench.preferring import prefer

        return prefer(self, chosen)
