"""The part of the interface that keeps the audit chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from fitintel.core.audit import Entry, Row, Signer


class AuditStore(Protocol):
    """Rows that are only ever added, one after the other, whoever adds them."""

    def append_audit(self, entries: Sequence[Entry], signer: Signer) -> tuple[int, str]:
        """Add signed rows in one transaction; (number, signature) of the last row of the chain."""

    def audit_rows(
        self, *, after: int = 0, subject: str | None = None, kind: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Rows after a number, in order, some at a time; optionally of one subject or kind, at most `limit`."""

    def audit_end(self) -> tuple[int, str]:
        """(number, signature) of the last row, as the database notes it; of an empty chain (0, START)."""
