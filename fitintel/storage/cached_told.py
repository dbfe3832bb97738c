"""What was told and answered, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fitintel.core.answers import Answer, Told
from fitintel.storage.store import Store


class CachedTold:
    """The part of CachedStore that passes on what was told and answered: small, and asked once a brief."""

    _store: Store

    def tell(self, told: Sequence[Told]) -> None:
        """Keep what briefs told, in one transaction."""
        self._store.tell(told)

    def told(
        self, athlete_id: str, *, key: str | None = None, since: int | None = None, until: int | None = None,
        brief_id: str | None = None, codes: Collection[str] | None = None,
    ) -> tuple[Told, ...]:  # fmt: skip
        """What was told to the athlete, by day, brief and key."""
        return self._store.told(athlete_id, key=key, since=since, until=until, brief_id=brief_id, codes=codes)

    def judge_told(self, athlete_id: str, outcomes: Mapping[tuple[int, str], str]) -> None:
        """Write down what became of what was told."""
        self._store.judge_told(athlete_id, outcomes)

    def answer(self, given: Sequence[Answer]) -> None:
        """Keep answers in one transaction."""
        self._store.answer(given)

    def answers(self, athlete_id: str, *, key: str | None = None) -> tuple[Answer, ...]:
        """Every answer ever given about what the athlete was told, oldest first."""
        return self._store.answers(athlete_id, key=key)
