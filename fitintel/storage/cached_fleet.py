"""Many athletes at once, asked of the store behind the cache: a night reads each thing once."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.answers import Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.made import MadeBrief
from fitintel.core.records import Run
from fitintel.storage.store import Store


class CachedFleet:
    """The part of CachedStore that passes on what a night asks."""

    _store: Store

    def having(self, athlete_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Table -> those of the athletes who have a row in it."""
        return self._store.having(athlete_ids)

    def told_of(self, athlete_ids: Sequence[str], *, since: int, until: int) -> dict[str, tuple[Told, ...]]:
        """Athlete id -> what was told on those days."""
        return self._store.told_of(athlete_ids, since=since, until=until)

    def dear_runs(self, athlete_ids: Sequence[str], *, since: int, least: float) -> dict[str, Run]:
        """Runs of each athlete's newest brief that took long, by id."""
        return self._store.dear_runs(athlete_ids, since=since, least=least)

    def runs_about(self, athlete_id: str, day: int) -> dict[str, Run]:
        """Runs of the athlete's briefs next to a day, by id."""
        return self._store.runs_about(athlete_id, day)

    def save_briefs(
        self, made: Sequence[MadeBrief], *, noted: Sequence[Entry] = (), signer: Signer | None = None
    ) -> tuple[int, str] | None:
        """Several briefs with all beside them, in one transaction."""
        return self._store.save_briefs(made, noted=noted, signer=signer)
