"""The part of the interface that serves a night: many athletes read at once, many briefs kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fitintel.core.answers import Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.made import MadeBrief
from fitintel.core.records import Run


class FleetStore(Protocol):
    """What is answered for one athlete elsewhere, for many."""

    def having(self, athlete_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Table -> those of the athletes who have a row in it: of the others nothing need be asked."""

    def told_of(self, athlete_ids: Sequence[str], *, since: int, until: int) -> dict[str, tuple[Told, ...]]:
        """Athlete id -> what `told` gives of those days."""

    def dear_runs(self, athlete_ids: Sequence[str], *, since: int, least: float) -> dict[str, Run]:
        """Run id -> run, of the runs of each athlete's newest brief of a day >= `since` that took `least` s or more."""

    def runs_about(self, athlete_id: str, day: int) -> dict[str, Run]:
        """Run id -> run, of the athlete's two newest briefs up to a day and of the first after it.

        What a brief of that day need not compute again is nearly always among them.
        """

    def save_briefs(
        self, made: Sequence[MadeBrief], *, noted: Sequence[Entry] = (), signer: Signer | None = None
    ) -> tuple[int, str] | None:
        """Several briefs with all beside them, in one transaction: what exists is left as it is.

        A new brief is queued for tracking, how its algorithms fared is kept, and what is noted of it is added to the
        audit chain, before what is `noted` of all. Returns (number, signature) of the last row that was added there.
        Raises NotFound for an unknown athlete; then nothing is kept.
        """
