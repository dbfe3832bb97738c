"""Sex and year of birth, asked of the store behind the cache."""

from __future__ import annotations

from fitintel.core.details import Details
from fitintel.storage.store import Store


class CachedDetails:
    """The part of CachedStore that passes details on: no cache holds what an athlete may take back."""

    _store: Store

    def put_details(self, details: Details) -> None:
        """Insert or change an athlete's details."""
        self._store.put_details(details)

    def details(self, athlete_id: str) -> Details | None:
        """What an athlete said; None where nothing was."""
        return self._store.details(athlete_id)

    def forget_details(self, athlete_id: str) -> bool:
        """Remove an athlete's details for good; whether there were any."""
        return self._store.forget_details(athlete_id)
