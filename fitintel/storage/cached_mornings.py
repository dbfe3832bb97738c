"""The schedule, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fitintel.core.mornings import Morning, Turn
from fitintel.storage.store import Store


class CachedMornings:
    """The part of CachedStore that passes the schedule on: two schedulers must see each row at once."""

    _store: Store

    def turns(self) -> dict[str, Turn]:
        """Athlete id -> their newest morning."""
        return self._store.turns()

    def take_turns(self, wanted: Sequence[tuple[str, int]], by: str, now: datetime) -> tuple[Turn, ...]:
        """Take mornings for one look of a scheduler."""
        return self._store.take_turns(wanted, by, now)

    def settle_turns(self, taken: Sequence[Turn], state: Morning, now: datetime) -> None:
        """Write down how mornings ended."""
        self._store.settle_turns(taken, state, now)
