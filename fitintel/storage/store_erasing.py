"""The part of the interface that removes an athlete for good."""

from __future__ import annotations

from typing import Protocol


class ErasingStore(Protocol):
    """One verb; the audit chain is left as it is."""

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction: how many rows there were, and kind -> digests
        of files that nothing names any more. Raises NotFound.
        """  # fmt: skip
