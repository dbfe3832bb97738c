"""Events, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fitintel.core.events import Event
from fitintel.storage.bell import Bell
from fitintel.storage.store import Store


class CachedEvents:
    """The part of CachedStore that passes events on: who follows them wants the newest."""

    _store: Store
    _bell: Bell | None
    """to other processes; None: each asks on its own"""

    def put_events(self, happened: Sequence[Event]) -> int:
        """Keep events in the order given; the id of the last."""
        newest = self._store.put_events(happened)
        if self._bell is not None and happened:
            self._bell.ring()
        return newest

    def await_event(self, heard: int, seconds: float) -> int:
        """Return when somebody may have kept an event, at the latest after `seconds`; the count to pass next time."""
        return self._store.await_event(heard, seconds) if self._bell is None else self._bell.wait(heard, seconds)

    def events(self, after: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events with a larger id, oldest first."""
        return self._store.events(after, limit=limit)

    def newest_event(self) -> int:
        """The id of the newest event; 0 before the first."""
        return self._store.newest_event()

    def drop_events(self, before: datetime) -> int:
        """Forget events that are older; how many there were."""
        return self._store.drop_events(before)
