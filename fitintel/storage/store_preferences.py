"""The part of the interface that keeps what readers prefer."""

from __future__ import annotations

from typing import Protocol

from fitintel.core.preferences import Preferences


class PreferenceStore(Protocol):
    """One row a reader; the latest choice takes the place of the one before."""

    def put_preferences(self, chosen: Preferences) -> None:
        """Keep what a reader prefers."""

    def preferences(self, who: str) -> Preferences | None:
        """What a reader prefers; None where nothing was chosen."""

    def all_preferences(self) -> dict[str, Preferences]:
        """What every reader prefers who has chosen something, by reader."""
