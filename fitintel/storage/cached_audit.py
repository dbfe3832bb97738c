"""The audit chain, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fitintel.core.audit import Entry, Row, Signer
from fitintel.storage.store import Store


class CachedAudit:
    """The part of CachedStore that passes the audit chain on: nothing of it is ever remembered."""

    _store: Store

    def append_audit(self, entries: Sequence[Entry], signer: Signer) -> tuple[int, str]:
        """Add signed rows in one transaction; (number, signature) of the last row."""
        return self._store.append_audit(entries, signer)

    def audit_rows(
        self, *, after: int = 0, subject: str | None = None, kind: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Rows after a number, in order."""
        return self._store.audit_rows(after=after, subject=subject, kind=kind, limit=limit)

    def audit_end(self) -> tuple[int, str]:
        """(number, signature) of the last row, as the database notes it."""
        return self._store.audit_end()
