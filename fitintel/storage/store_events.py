"""The part of the interface that keeps events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from fitintel.core.events import Event


class EventStore(Protocol):
    """Events by id; ids are committed in their order, so that who reads after an id misses none."""

    def put_events(self, happened: Sequence[Event]) -> int:
        """Keep events in the order given; the id of the last."""

    def events(self, after: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events with a larger id, oldest first."""

    def newest_event(self) -> int:
        """The id of the newest event; 0 before the first."""

    def await_event(self, heard: int, seconds: float) -> int:
        """Return when somebody may have kept an event, at the latest after `seconds`; the count to pass next time."""

    def drop_events(self, before: datetime) -> int:
        """Forget events that are older; how many there were."""
