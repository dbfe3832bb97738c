"""What readers prefer, asked of the store behind the cache."""

from __future__ import annotations

from fitintel.core.preferences import Preferences
from fitintel.storage.store import Store


class CachedPreferences:
    """The part of CachedStore that passes preferences on: one small row."""

    _store: Store

    def put_preferences(self, chosen: Preferences) -> None:
        """Keep what a reader prefers."""
        self._store.put_preferences(chosen)

    def preferences(self, who: str) -> Preferences | None:
        """What a reader prefers; None where nothing was chosen."""
        return self._store.preferences(who)

    def all_preferences(self) -> dict[str, Preferences]:
        """What every reader prefers who has chosen something, by reader."""
        return self._store.all_preferences()
