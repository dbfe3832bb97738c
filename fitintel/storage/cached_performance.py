"""How algorithms fare, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fitintel.core.performance import Executed, Expected, Point
from fitintel.storage.store import Store


class CachedPerformance:
    """The part of CachedStore that passes on how algorithms fare: it is read by the job after the briefs."""

    _store: Store

    def executed(
        self, *, since: int | None = None, until: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Executed, ...]:  # fmt: skip
        """Runs by brief, by day, brief and algorithm."""
        return self._store.executed(since=since, until=until, algorithm=algorithm, counted=counted)

    def expected(
        self, *, since: int | None = None, due: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Expected, ...]:  # fmt: skip
        """Forecast values by due day, athlete and run."""
        return self._store.expected(since=since, due=due, algorithm=algorithm, counted=counted)

    def settle_expected(self, truths: Mapping[tuple[str, str, int], tuple[float, int]]) -> None:
        """Write down truths."""
        self._store.settle_expected(truths)

    def points(self, algorithm: str | None = None, *, sent: bool | None = None) -> tuple[Point, ...]:
        """Points by algorithm and day."""
        return self._store.points(algorithm, sent=sent)

    def put_points(
        self, made: Sequence[Point], brief_ids: Collection[tuple[str, str]], judged: Collection[tuple[str, str, int]]
    ) -> None:
        """Keep new points and mark what they count."""
        self._store.put_points(made, brief_ids, judged)

    def mark_sent(self, sent: Sequence[tuple[str, int]]) -> None:
        """MLflow has these points."""
        self._store.mark_sent(sent)
