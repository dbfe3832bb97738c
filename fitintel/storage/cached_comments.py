"""Comments, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.comments import Comment
from fitintel.storage.store import Store


class CachedComments:
    """The part of CachedStore that passes comments on: few."""

    _store: Store

    def put_comments(self, said: Sequence[Comment]) -> None:
        """Keep comments in one transaction."""
        self._store.put_comments(said)

    def comments(self, athlete_id: str) -> tuple[Comment, ...]:
        """Every comment on the athlete, oldest first."""
        return self._store.comments(athlete_id)

    def comments_on(self, athlete_ids: Sequence[str]) -> dict[str, tuple[Comment, ...]]:
        """The same of many at once, by athlete id."""
        return self._store.comments_on(athlete_ids)
