"""Erasing, passed on to the store behind the cache."""

from __future__ import annotations

from fitintel.storage.store import Store


class CachedErasing:
    """The part of CachedStore that erases: what is cached is kept under what is asked for no more."""

    _store: Store

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction."""
        return self._store.erase_athlete(athlete_id)
