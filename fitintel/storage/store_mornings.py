"""The part of the interface that decides whose morning it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from fitintel.core.mornings import Morning, Turn


class MorningStore(Protocol):
    """One row an athlete: their newest morning. Days only grow, so no local day has two."""

    def turns(self) -> dict[str, Turn]:
        """Athlete id -> their newest morning; who has had none is missing."""

    def take_turns(self, wanted: Sequence[tuple[str, int]], by: str, now: datetime) -> tuple[Turn, ...]:
        """Take mornings (athlete id, day) for one look of a scheduler, and give those that are its own now, by athlete.

        A morning is given to one look only, unless that failed or died (`Turn.open`); one that is older than the
        athlete's newest is given to nobody. `by` must be new with each call. Raises NotFound for an unknown athlete.
        """

    def settle_turns(self, taken: Sequence[Turn], state: Morning, now: datetime) -> None:
        """Write down how mornings ended; one that somebody else has taken since is left as it is."""
