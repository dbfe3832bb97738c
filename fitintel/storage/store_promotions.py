"""The part of the Store's interface that keeps versions of algorithms: judged, put in use, run in the shadow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from fitintel.core.promotion import Affected, Approval, Evaluation, Promotion, Shadow, ShadowRun
from fitintel.core.records import Run


class PromotionStore(Protocol):
    """Only ever added to: who put which version in use, when and why stays readable."""

    def put_evaluation(self, one: Evaluation) -> None:
        """Keep an evaluation; one whose id exists is left as it is."""

    def evaluations(self, algorithm: str | None = None) -> tuple[Evaluation, ...]:
        """Evaluations, oldest first; only of that algorithm."""

    def put_promotion(self, one: Promotion) -> None:
        """Keep a promotion; its approvals are kept by `approve`."""

    def promotions(self, algorithm: str | None = None) -> tuple[Promotion, ...]:
        """Promotions with their approvals, oldest first; `core.promotion` says which hold."""

    def approve(self, one: Approval) -> None:
        """Keep an approval; raises NotFound for an unknown promotion."""

    def put_affected(self, promotion_id: str, rows: Sequence[Affected]) -> None:
        """Keep the figures that a promotion changes, each once. Raises NotFound for an unknown promotion."""

    def affected(self, promotion_ids: Sequence[str] | None = None) -> Mapping[str, tuple[Affected, ...]]:
        """Promotion id -> figures that it changed, by athlete and name; only of these promotions."""

    def put_shadow(self, one: Shadow) -> None:
        """Keep that a version is run in the shadow from now on, or no longer."""

    def shadows(self) -> tuple[Shadow, ...]:
        """All that was ever said of versions in the shadow, oldest first."""

    def put_shadow_runs(self, made: Sequence[ShadowRun], runs: Sequence[Run] = ()) -> None:
        """Keep what ran in the shadow of briefs, with its audit rows, in one transaction."""

    def shadow_runs(self, algorithm: str | None = None) -> tuple[ShadowRun, ...]:
        """Runs in the shadow, by day, athlete, algorithm and version."""
