"""Labels: what people say a workout was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.answers import Label


class LabelDoor(Door):
    """Verbs on labels of workouts."""

    def label(
        self, workout_id: str, level: str | None = None, value: str | None = None, why: str = "", *,
        athlete_id: str | None = None, **given: str,
    ) -> tuple[Label, ...]:  # fmt: skip
        """Say what a workout was: `label(id, "activity", "walk")` or `label(id, activity="walk", session="easy")`.

        It holds from then on, in every brief and statistic, whatever an algorithm says; the same again adds nothing.
        """
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.labels import give

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE, athlete.id, Kind.WORKOUT)
        said = {**({level: value or ""} if level is not None else {}), **given}
        return give(self.store, athlete.id, workout_id, said, by=self.actor.id, why=why)

    def unlabel(
        self, workout_id: str, level: str | None = None, why: str = "", *, athlete_id: str | None = None
    ) -> tuple[Label, ...]:
        """Take back what was said of a workout, on one level or all; what was said stays readable."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.labels import take_back

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE, athlete.id, Kind.WORKOUT)
        return take_back(self.store, athlete.id, workout_id, level, by=self.actor.id, why=why)

    def labels(self, athlete_id: str | None = None, *, history: bool = False) -> tuple[Label, ...]:
        """The labels that hold, by workout and level, or all that were ever given, oldest first."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.labels import holding

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.WORKOUT)
        return self.store.labels(athlete.id) if history else tuple(holding(self.store, athlete.id))
