"""Erasing and sealing anew, passed on to the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fitintel.storage.cache import Cache
from fitintel.storage.store import Store
from fitintel.storage.store_erasing import Kept


class CachedErasing:
    """The part of CachedStore that erases: what is cached is kept under what is asked for no more, and forgotten."""

    _store: Store
    _cache: Cache

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction."""
        return self._store.erase_athlete(athlete_id)

    def rows_of(
        self, athlete_id: str, *, but: frozenset[str] = frozenset(), only: frozenset[str] | None = None
    ) -> dict[str, tuple[dict[str, Any], ...]]:  # fmt: skip
        """Table -> the athlete's rows in the order of their keys, of `only` these tables, or all `but` these."""
        return self._store.rows_of(athlete_id, but=but, only=only)

    def files_of(self, athlete_id: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Kind -> digests of the files that only this athlete's rows name, and of those that others' name as well."""
        return self._store.files_of(athlete_id)

    def overwrite_freed(self) -> None:
        """Overwrite what removed rows have left in the files of the database."""
        self._store.overwrite_freed()

    def forget_cached(self) -> None:
        """Forget whatever is cached, in this process and in Redis."""
        self._cache.forget()

    def kept_texts(self, athlete_id: str) -> tuple[Kept, ...]:
        """The athlete's free texts as they are kept; empty ones are left out."""
        return self._store.kept_texts(athlete_id)

    def replace_texts(self, athlete_id: str, changed: Sequence[tuple[Kept, str]]) -> int:
        """Put other texts in the place of some, in one transaction."""
        return self._store.replace_texts(athlete_id, changed)
