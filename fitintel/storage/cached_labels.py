"""Labels, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.answers import Label
from fitintel.storage.store import Store


class CachedLabels:
    """The part of CachedStore that passes labels on: few, and asked once a brief."""

    _store: Store

    def put_labels(self, said: Sequence[Label]) -> None:
        """Keep labels in one transaction."""
        self._store.put_labels(said)

    def labels(self, athlete_id: str) -> tuple[Label, ...]:
        """Every label that was ever given to the athlete's workouts, oldest first."""
        return self._store.labels(athlete_id)
