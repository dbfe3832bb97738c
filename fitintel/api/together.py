"""Rows of the audit chain from many requests at once, written in one transaction.

Each request waits until its own rows are kept, as it would alone; while one write is under way, those that come are
gathered for the next.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from fitintel.core.audit import Entry
from fitintel.core.settings import Settings
from fitintel.storage.store import Store
from fitintel.workbench.auditing import AuditOffice


class _Rows:
    """Rows of one request."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.kept = False
        self.failed: BaseException | None = None


class AuditTogether(AuditOffice):
    """Adds to the chain for every thread of a server."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__(store, settings)
        self._waiting: list[_Rows] = []
        self._gathering, self._writing = threading.Lock(), threading.Lock()

    def add(self, entries: Sequence[Entry]) -> None:
        """Add rows; returns when they are kept."""
        if not entries:
            return
        mine = _Rows(entries)
        with self._gathering:
            self._waiting.append(mine)
        with self._writing:
            # whoever had the turn before has perhaps written these too
            if not mine.kept and mine.failed is None:
                self._write()
        if mine.failed is not None:
            raise mine.failed

    def _write(self) -> None:
        with self._gathering:
            batch, self._waiting = self._waiting, []
        try:
            super().add([one for rows in batch for one in rows.entries])
        except BaseException as error:  # whatever it is, nobody else in the batch may believe that their rows are kept
            for rows in batch:
                rows.failed = error
            raise
        else:
            for rows in batch:
                rows.kept = True
