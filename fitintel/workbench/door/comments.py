"""Comments on athletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.comments import Comment


class CommentDoor(Door):
    """Verbs on comments."""

    def comment(
        self, text: str, key: str = "", day: str | int | None = None, *, athlete_id: str | None = None
    ) -> Comment:
        """Say something about an athlete, or about one thing told under `key`; no brief is changed by it."""
        from fitintel.workbench.briefs import which_day, whom
        from fitintel.workbench.commenting import say

        athlete = whom(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.MESSAGE)
        return say(self.store, athlete.id, text, by=self.actor.id, day=which_day(None, day), key=key)

    def comments(self, athlete_id: str | None = None) -> tuple[Comment, ...]:
        """Every comment on the athlete, oldest first."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.MESSAGE)
        return self.store.comments(athlete.id)
