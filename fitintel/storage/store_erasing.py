"""The part of the interface that gives an athlete all of theirs, removes it for good, and seals anew what is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Kept:
    """A free text as it is kept, sealed or not."""

    table: str
    row_id: str
    text: str


class ErasingStore(Protocol):
    """The audit chain is left as it is."""

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction: how many rows there were, and kind -> digests
        of files that nothing names any more. An account that was nothing but this athlete goes with them. Raises
        NotFound.
        """  # fmt: skip

    def rows_of(
        self, athlete_id: str, *, but: frozenset[str] = frozenset(), only: frozenset[str] | None = None
    ) -> dict[str, tuple[dict[str, Any], ...]]:  # fmt: skip
        """Table -> the athlete's rows in the order of their keys, of `only` these tables, or all `but` these.

        Times are whole microseconds since 1970-01-01 UTC. Columns of secrets and of bytes are left out.
        """

    def files_of(self, athlete_id: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Kind -> digests of the files that only this athlete's rows name, and of those that others' name as well."""

    def overwrite_freed(self) -> None:
        """Overwrite what removed rows have left in the files of the database.

        Raises StorageUnavailable while another process reads an older state of the database.
        """

    def forget_cached(self) -> None:
        """Forget whatever is cached, in this process and in Redis."""

    def kept_texts(self, athlete_id: str) -> tuple[Kept, ...]:
        """The athlete's free texts as they are kept; empty ones are left out."""

    def replace_texts(self, athlete_id: str, changed: Sequence[tuple[Kept, str]]) -> int:
        """Put other texts in the place of some, in one transaction; how many were still as they were said to be."""
