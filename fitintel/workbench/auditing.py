"""The audit chain of a workspace: what is added to it, when its end is anchored, and whether it is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import snapshot, tampering
from fitintel.core.audit import Anchor, Entry, Row, Signer, anchor
from fitintel.core.errors import NotFound
from fitintel.core.records import Brief
from fitintel.core.settings import Settings
from fitintel.core.tampering import Verdict
from fitintel.storage import anchors
from fitintel.storage.keys import AUDIT, kept_key
from fitintel.storage.store import Store

if TYPE_CHECKING:
    from fitintel.intelligence.registry import Journal

ANCHOR_ROWS = 1000
ANCHOR_SECONDS = 300.0
"""The end of the chain is anchored when so many rows, or so much time, have passed since the last anchor."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor, and where it was written."""

    anchor: Anchor
    path: Path


class AuditOffice:
    """Adds to one workspace's chain and verifies it. The key is read when first needed."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings

    @cached_property
    def signer(self) -> Signer:
        """Signs with the workspace's key; raises UsageError for a key that others may read."""
        return Signer(kept_key(AUDIT, self._settings.home, self._settings.account("AUDIT_KEY")))

    def add(self, entries: Sequence[Entry]) -> None:
        """Add rows, and anchor the end of the chain where that is due."""
        if entries:
            self.anchor_if_due(*self._store.append_audit(entries, self.signer))

    def anchor_if_due(self, number: int, mac: str) -> None:
        """Anchor the end of the chain when ANCHOR_ROWS or ANCHOR_SECONDS have passed since the last anchor."""
        last, now = anchors.last(self._settings.audit_anchors), datetime.now(UTC)
        if (
            last is None
            or not 0 <= number - last.number < ANCHOR_ROWS
            or not 0 <= now.timestamp() - last.at / 1e6 < ANCHOR_SECONDS
        ):
            anchors.write(self._settings.audit_anchors, anchor(self.signer, number, mac, now))

    def anchor(self) -> Anchored:
        """Anchor the end of the chain now; raises NotFound where there is no row yet."""
        number, mac = self._store.audit_end()
        if not number:
            raise NotFound("There is nothing to anchor", why="the audit chain has no row yet", next="fitintel brief")
        made = anchor(self.signer, number, mac, datetime.now(UTC))
        return Anchored(made, anchors.write(self._settings.audit_anchors, made))

    def verify(self, *, folder: Path | None = None) -> Verdict:
        """Whether the chain is whole, held against its anchors (those in `folder`: a copy kept elsewhere)."""
        held = anchors.read(folder or self._settings.audit_anchors)
        return tampering.verify(self._rows(), self.signer, anchors=held, head=self._store.audit_end)

    def _rows(self) -> Iterator[Row]:
        """Every row, also those that are added while it is read."""
        last, before = 0, -1
        while before < last < self._store.audit_end()[0] or before < 0:
            before = last
            for row in self._store.audit_rows(after=last):
                last = row.number
                yield row


def of_brief(brief: Brief, journal: Journal) -> dict[str, Any]:
    """What the chain says of the runs of a brief: how many there are, and the digest of every id with its result."""
    results = sorted([run.id, run.output] for run in journal.runs.values())
    return {"brief": brief.id, "day": brief.day, "count": len(results), "runs": snapshot.digest(results)}


def surface() -> str:
    """Through what this process asks, where nobody said so: a notebook, or Python."""
    # a kernel is there before any of its cells runs; importing IPython to ask would take longer than a brief
    return "notebook" if "ipykernel" in sys.modules else "python"
