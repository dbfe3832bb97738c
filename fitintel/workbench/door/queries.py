"""Questions in SQL about one's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.workbench.querying import Answer


class QueryDoor(Door):
    """Verbs on questions in SQL."""

    def query(self, sql: str, athlete_id: str | None = None) -> Answer:
        """The answer to one SELECT over the athlete's own tables; nothing else can be reached or changed."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.querying import ask

        athlete = whom(self, athlete_id)
        # what is asked may touch everything of the athlete, so it takes what an export takes
        self.may(Action.EXECUTE, athlete.id, Kind.EXPORT)
        return ask(self.store, athlete.id, sql)

    def query_tables(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Table -> its columns with their types."""
        from fitintel.workbench.querying import TABLES

        return dict(TABLES)
