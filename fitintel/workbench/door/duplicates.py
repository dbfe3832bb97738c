"""Duplicates: workouts that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.workbench.duplicates import Duplicates


class DuplicateDoor(Door):
    """Verbs on workouts that are one."""

    def duplicates(self, athlete_id: str | None = None, *, look: bool = False) -> Duplicates:
        """What was merged, what waits for a decision, what a person said are two; `look` compares everything anew."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.duplicates import listed, match_new

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE if look else Action.READ, athlete.id, Kind.WORKOUT)
        if look:
            match_new(self.store, self.blobs, athlete.id)
        return listed(self.store, athlete.id)

    def doubtful(self, athlete_id: str | None = None) -> int:
        """How many pairs of workouts wait for a decision."""
        from fitintel.core.recorded import LinkState
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.WORKOUT)
        return sum(link.state is LinkState.DOUBTFUL for link in self.store.links(athlete.id))

    def decide_duplicates(self, what: str, *workout_ids: str, athlete_id: str | None = None) -> Duplicates:
        """Say that two workouts are one (`merge`) or two (`keep`), or that one is none of its group (`split`)."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.duplicates import decide, listed

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE, athlete.id, Kind.WORKOUT)
        decide(self.store, self.blobs, athlete.id, what, workout_ids)
        return listed(self.store, athlete.id)
