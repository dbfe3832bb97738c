"""Promotions: which version of an algorithm is in use, who brought it there, and what runs in its shadow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.athletes import AthleteDoor

if TYPE_CHECKING:
    from fitintel.core.promotion import Affected, Evaluation, Promotion, Shadow
    from fitintel.workbench.challenge import Challenge
    from fitintel.workbench.fairness import Fairness
    from fitintel.workbench.shadow import ShadowReport


class PromotionDoor(AthleteDoor):
    """Verbs on versions of algorithms."""

    def version_in_use(self, algorithm: str) -> str:
        """The version that briefs are made with."""
        self.may(Action.READ, kind=Kind.PROMOTION)
        from fitintel.workbench.promotion import in_use

        return in_use(self, algorithm)

    def versions(self, algorithm: str) -> tuple[str, ...]:
        """Every version that can be computed here, oldest first."""
        self.may(Action.READ, kind=Kind.ALGORITHM)
        from fitintel.intelligence.registry import versions

        return versions(algorithm)

    def compare_versions(self, algorithm: str, challenger: str, **options: Any) -> tuple[Evaluation, Challenge]:
        """Champion and challenger on the same histories, and the gate's decision with its reasons; kept."""
        from fitintel.workbench.promotion import evaluate

        return evaluate(self, algorithm, challenger, **options)

    def evaluations(self, algorithm: str | None = None) -> tuple[Evaluation, ...]:
        """How challengers were judged, oldest first."""
        self.may(Action.READ, kind=Kind.EXPERIMENT)
        return self.store.evaluations(algorithm)

    def promote(self, algorithm: str, version: str, **options: Any) -> Promotion:
        """Put a challenger in use that the gate has let pass; holds once approved where there are accounts."""
        from fitintel.workbench.happening import promoted
        from fitintel.workbench.promotion import promote

        return promoted(self, promote(self, algorithm, version, **options))

    def approve_promotion(self, promotion_id: str, why: str = "") -> Promotion:
        """A second person's word on a promotion."""
        from fitintel.workbench.happening import promoted
        from fitintel.workbench.promotion import approve

        return promoted(self, approve(self, promotion_id, why))

    def roll_back(self, algorithm: str, **options: Any) -> Promotion:
        """Put the version in use that was in use before."""
        from fitintel.workbench.happening import promoted
        from fitintel.workbench.promotion import roll_back

        return promoted(self, roll_back(self, algorithm, **options))

    def promotions(self, algorithm: str | None = None) -> tuple[Promotion, ...]:
        """Every promotion and roll-back, oldest first."""
        self.may(Action.READ, kind=Kind.PROMOTION)
        return self.store.promotions(algorithm)

    def affected_figures(self, algorithm: str, before: str, after: str, **options: Any) -> list[Affected]:
        """Figures of everybody's latest brief that differ between two versions."""
        from fitintel.workbench.affected import affected

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return affected(self, algorithm, before, after, **options)

    def changed_figures(self, promotion_id: str | None = None) -> Mapping[str, tuple[Affected, ...]]:
        """Promotion id -> figures that it changed, as they were when it was made; of one promotion or of all.

        Only of athletes whose briefs this actor may read.
        """
        self.may(Action.READ, kind=Kind.PROMOTION)
        found = self.vault.affected(None if promotion_id is None else [promotion_id])
        open_ = {name for name in {row.athlete_id for rows in found.values() for row in rows}
                 if self.permits(Action.READ, name, Kind.BRIEF)}  # fmt: skip
        return {name: tuple(row for row in rows if row.athlete_id in open_) for name, rows in found.items()}

    def shadow(self, algorithm: str, version: str, on: bool) -> Shadow:
        """Run a version beside the one in use whenever a brief is made, or no longer; nobody is shown it."""
        from fitintel.workbench.shadow import turn

        return turn(self, algorithm, version, on)

    def shadow_report(self, algorithm: str | None = None) -> ShadowReport:
        """Figures of both versions over time."""
        from fitintel.workbench.shadow import report

        return report(self, algorithm)

    def fairness(self, **options: Any) -> list[Fairness]:
        """Error, coverage, alerts and missing answers by group, of each version in use that outcomes can judge."""
        from fitintel.workbench.monthly import fairness

        return fairness(self, **options)
