"""Workouts that the athlete leaves out of every figure."""

from __future__ import annotations

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door


class LeftOutDoor(Door):
    """Verbs on whether a workout counts."""

    def leave_out(self, workout_id: str, *, athlete_id: str | None = None) -> tuple[str, ...]:
        """Leave a workout out of every figure; it stays. The ids that are concerned."""
        return self._leave(workout_id, athlete_id, out=True)

    def count_again(self, workout_id: str, *, athlete_id: str | None = None) -> tuple[str, ...]:
        """Let a workout count again that was left out."""
        return self._leave(workout_id, athlete_id, out=False)

    def _leave(self, workout_id: str, athlete_id: str | None, *, out: bool) -> tuple[str, ...]:
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.leaving_out import leave_out

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE, athlete.id, Kind.WORKOUT)
        return leave_out(self.store, athlete.id, workout_id, out)
