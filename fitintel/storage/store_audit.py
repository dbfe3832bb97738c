"""The part of the interface that keeps the audit chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from fitintel.core.audit import Entry, Row, Signer
from fitintel.core.records import Run


class AuditStore(Protocol):
    """Rows that are only ever added, one after the other, whoever adds them."""

    def append_audit(self, entries: Sequence[Entry], signer: Signer) -> tuple[int, str]:
        """Add signed rows in one transaction; (number, signature) of the last row of the chain. Raises KeyRetired."""

    def hand_over(self, closing: Entry, opening: Entry, old: Signer, new: Signer) -> tuple[int, str]:
        """Add a row signed by the old key and one signed by the new, in one transaction; (number, signature) of the
        first of the two.
        """  # fmt: skip

    def kept_brief(self, brief_id: str) -> bytes | None:
        """The bytes of a brief as the database has them, from no cache; empty where they cannot be read."""

    def kept_runs(self, run_ids: Sequence[str]) -> Mapping[str, Run]:
        """Those of the runs that are there, by id, from no cache."""

    def audit_rows(
        self, *, after: int = 0, subject: str | None = None, kind: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Rows after a number, in order, some at a time; optionally of one subject or kind, at most `limit`."""

    def audit_end(self) -> tuple[int, str]:
        """(number, signature) of the last row, as the database notes it; of an empty chain (0, START)."""
