"""The audit chain, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fitintel.core.audit import Entry, Row, Signer
from fitintel.core.records import Run
from fitintel.storage.store import Store


class CachedAudit:
    """The part of CachedStore that passes the audit chain on: nothing of it is ever remembered."""

    _store: Store

    def append_audit(self, entries: Sequence[Entry], signer: Signer) -> tuple[int, str]:
        """Add signed rows in one transaction; (number, signature) of the last row."""
        return self._store.append_audit(entries, signer)

    def hand_over(self, closing: Entry, opening: Entry, old: Signer, new: Signer) -> tuple[int, str]:
        """Add a row signed by the old key and one signed by the new, in one transaction."""
        return self._store.hand_over(closing, opening, old, new)

    def kept_brief(self, brief_id: str) -> bytes | None:
        """The bytes of a brief as the database has them."""
        return self._store.kept_brief(brief_id)

    def kept_runs(self, run_ids: Sequence[str]) -> Mapping[str, Run]:
        """Those of the runs that are there, by id."""
        return self._store.kept_runs(run_ids)

    def audit_rows(
        self, *, after: int = 0, subject: str | None = None, kind: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Rows after a number, in order."""
        return self._store.audit_rows(after=after, subject=subject, kind=kind, limit=limit)

    def audit_end(self) -> tuple[int, str]:
        """(number, signature) of the last row, as the database notes it."""
        return self._store.audit_end()
