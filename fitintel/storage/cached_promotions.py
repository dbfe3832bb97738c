"""Evaluations, promotions and shadow runs, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fitintel.core.promotion import Affected, Approval, Evaluation, Promotion, Shadow, ShadowRun
from fitintel.core.records import Run
from fitintel.storage.store import Store


class CachedPromotions:
    """The part of CachedStore that passes on what was judged and put in use: a promotion must show at once."""

    _store: Store

    def put_evaluation(self, one: Evaluation) -> None:
        """Keep an evaluation."""
        self._store.put_evaluation(one)

    def evaluations(self, algorithm: str | None = None) -> tuple[Evaluation, ...]:
        """Evaluations, oldest first."""
        return self._store.evaluations(algorithm)

    def put_promotion(self, one: Promotion) -> None:
        """Keep a promotion."""
        self._store.put_promotion(one)

    def promotions(self, algorithm: str | None = None) -> tuple[Promotion, ...]:
        """Promotions with their approvals, oldest first."""
        return self._store.promotions(algorithm)

    def approve(self, one: Approval) -> None:
        """Keep an approval."""
        self._store.approve(one)

    def put_affected(self, promotion_id: str, rows: Sequence[Affected]) -> None:
        """Keep the figures that a promotion changes."""
        self._store.put_affected(promotion_id, rows)

    def affected(self, promotion_ids: Sequence[str] | None = None) -> Mapping[str, tuple[Affected, ...]]:
        """Promotion id -> figures that it changed."""
        return self._store.affected(promotion_ids)

    def put_shadow(self, one: Shadow) -> None:
        """Keep that a version is run in the shadow from now on, or no longer."""
        self._store.put_shadow(one)

    def shadows(self) -> tuple[Shadow, ...]:
        """All that was ever said of versions in the shadow."""
        return self._store.shadows()

    def put_shadow_runs(self, made: Sequence[ShadowRun], runs: Sequence[Run] = ()) -> None:
        """Keep what ran in the shadow of briefs."""
        self._store.put_shadow_runs(made, runs)

    def shadow_runs(self, algorithm: str | None = None) -> tuple[ShadowRun, ...]:
        """Runs in the shadow."""
        return self._store.shadow_runs(algorithm)
