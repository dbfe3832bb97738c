"""Events, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fitintel.core.events import Event
from fitintel.storage.store import Store


class CachedEvents:
    """The part of CachedStore that passes events on: who follows them wants the newest."""

    _store: Store

    def put_events(self, happened: Sequence[Event]) -> int:
        """Keep events in the order given; the id of the last."""
        return self._store.put_events(happened)

    def events(self, after: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events with a larger id, oldest first."""
        return self._store.events(after, limit=limit)

    def newest_event(self) -> int:
        """The id of the newest event; 0 before the first."""
        return self._store.newest_event()

    def drop_events(self, before: datetime) -> int:
        """Forget events that are older; how many there were."""
        return self._store.drop_events(before)
