"""Evaluation: how well forecast and detectors do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.athletes import AthleteDoor

if TYPE_CHECKING:
    from fitintel.workbench.evaluate_alerts import AlertScore
    from fitintel.workbench.evaluate_classification import ClassificationScore
    from fitintel.workbench.evaluate_detectors import DetectorScore
    from fitintel.workbench.evaluate_forecast import ForecastScore


class EvaluationDoor(AthleteDoor):
    """Verbs that measure forecast, detectors and demo squad."""

    def evaluate_forecast(self, **options: Any) -> ForecastScore:
        """Rolling-origin back-tests of the weekly forecast of every athlete here, or of one."""
        from fitintel.workbench.evaluation import forecast

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return forecast(self, **options)

    def evaluate_detectors(self, **options: Any) -> DetectorScore:
        """What the detectors find in a simulated squad with known truth."""
        from fitintel.workbench.evaluation import detectors

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return detectors(self, **options)

    def evaluate_alerts(self, **options: Any) -> AlertScore:
        """False alerts a month on the shuffled history of every athlete here, or of one; kept for their briefs."""
        from fitintel.workbench.measured import measure

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return measure(self, **options)

    def evaluate_classification(self, **options: Any) -> ClassificationScore:
        """How right the classification is, before and after labels: on a simulated squad, or on an athlete's labels."""
        from fitintel.workbench.evaluation import classification

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return classification(self, **options)

    def evaluate_all(self, **options: Any) -> dict[str, Any]:
        """Every figure that is aimed at, on a squad and on the histories of people; kept, and logged by `track`."""
        from fitintel.workbench.evaluation import everything

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return everything(self, **options)

    def evaluation(self, evaluation_id: str | None = None) -> dict[str, Any]:
        """A kept evaluation, by id or the newest, as plain values."""
        from fitintel.workbench.kept_evaluations import kept

        self.may(Action.READ, kind=Kind.EXPERIMENT)
        return kept(self.settings, evaluation_id)

    def compare_demo(self, **options: Any) -> list[dict[str, Any]]:
        """The simulated squad's statistics beside those of a real history."""
        from fitintel.workbench.evaluation import compare

        self.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
        return compare(**options)
