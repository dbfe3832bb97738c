"""Athletes and their workouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.details import Details
    from fitintel.core.records import Athlete
    from fitintel.core.workouts import Workouts
    from fitintel.workbench.history import History
    from fitintel.workbench.workouts import OpenWorkout


class AthleteDoor(Door):
    """Verbs on athletes and their workouts."""

    def athletes(self) -> tuple[Athlete, ...]:
        """Everyone whose workouts are kept here, and of whom this actor may see anything."""
        return self.store.athletes()

    def athlete(self, athlete_id: str) -> Athlete:
        """One athlete; an unknown id is answered with the nearest known ones."""
        self.may_see(athlete_id)
        from fitintel.workbench.athletes import find

        return find(self, athlete_id)

    def workouts(self, athlete_id: str, **limits: Any) -> Workouts:
        """The athlete's workouts in columns; `.frame()` makes a pandas data frame."""
        self.may(Action.READ, athlete_id, Kind.WORKOUT)
        return self.store.workouts(self.athlete(athlete_id).id, **limits)

    def latest_workouts(self, athlete_id: str | None, last: int) -> tuple[Athlete, int, list[dict[str, Any]]]:
        """(whose, how many there are, the newest of them first)."""
        from fitintel.core.workouts import COLUMNS
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.WORKOUT)
        found = self.store.workouts(athlete.id, columns=tuple(COLUMNS))
        return athlete, len(found), list(found.take(slice(-last, None)).rows())[::-1]

    def workout(self, workout_id: str, athlete_id: str | None = None) -> OpenWorkout:
        """One workout with recording, problems, import and links."""
        from fitintel.workbench.workouts import opened

        found = opened(self, workout_id, athlete_id)
        self.may(Action.READ, found.athlete.id, Kind.WORKOUT)
        return found

    def athlete_details(self, athlete_id: str | None = None) -> Details | None:
        """Sex and year of birth, where the athlete said them; they serve fairness alone."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.DETAILS)
        return self.store.details(athlete.id)

    def say_details(self, athlete_id: str | None = None, *, sex: str | None = None, born: int | None = None) -> Details:
        """Keep sex or year of birth of an athlete; what is not named stays as it was."""
        from fitintel.workbench.details import say

        return say(self, athlete_id, sex=sex, born=born)

    def forget_details(self, athlete_id: str | None = None) -> bool:
        """Remove sex and year of birth of an athlete for good; whether there were any."""
        from fitintel.workbench.details import forget

        return forget(self, athlete_id)

    def history(self, athlete_id: str | None = None, year: int | None = None) -> History:
        """What changed in an athlete's history, or in one year of it: years, regimes, changes with their intervals."""
        from fitintel.workbench.history import history

        return history(self, athlete_id, year)
