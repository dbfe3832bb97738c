"""The audit chain of a workspace: what is added to it, when its end is anchored, and whether it is whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import snapshot, tampering
from fitintel.core.audit import Anchor, Entry, Kind, Row, Signer, anchor
from fitintel.core.counted import count
from fitintel.core.errors import KeyRetired, NotFound
from fitintel.core.records import Brief
from fitintel.core.settings import Settings
from fitintel.core.tampering import Verdict
from fitintel.storage import anchors, encode
from fitintel.storage.keys import AUDIT, keep_in_ring, kept_key, new_key, put_in_place, ring
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


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A change of key."""

    before: str
    now: str
    """names of the keys"""
    closed: int | None
    """row that closed the chain of the old key; None where an earlier call had got so far"""
    file: Path | None
    """the new key, where a setting gives the key and has to be changed by a person"""


class AuditOffice:
    """Adds to one workspace's chain and verifies it. The key is read when first needed."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._signer: Signer | None = None
        self._stamp: tuple[int, int] | None = None

    @property
    def signer(self) -> Signer:
        """Signs with the workspace's key, as it is now; raises UsageError for a key that others may read."""
        if self._signer is None or self._stamp != self._stamped():
            self._signer, self._stamp = Signer(self._key()), self._stamped()
        return self._signer

    def add(self, entries: Sequence[Entry]) -> None:
        """Add rows, and anchor the end of the chain where that is due."""
        if entries:
            self.anchor_if_due(*self._store.append_audit(entries, self.signer))
        self.count(entries)

    @staticmethod
    def count(entries: Iterable[Entry]) -> None:
        """Count rows for whoever watches the process."""
        for one in entries:
            count("audit_rows", kind=one.kind.value, outcome=one.outcome)
            if one.outcome == "refused" and one.kind is Kind.ACCESS:
                count("denials", surface=one.surface)

    def rekey(self, entries: Callable[[str, str], tuple[Entry, Entry]]) -> Rekeyed:
        """Close the chain of the workspace's key and begin that of a new one; `entries` are made of both names.

        The old key stays among the retired ones, for what it signed has to be verified. Whatever cuts this off in
        between, asking again goes on from there.
        """
        home, key = self._settings.home, new_key()
        old, new = self.signer, Signer(key)
        keep_in_ring(AUDIT, home, old.key_name, self._key())
        path = keep_in_ring(AUDIT, home, new.key_name, key)
        try:
            number, mac = self._store.hand_over(*entries(old.key_name, new.key_name), old, new)
        except KeyRetired as error:
            path.unlink()
            key = ring(AUDIT, home).get(error.successor, b"")
            if self._given() or not key:
                raise
            put_in_place(AUDIT, home, key)
            return Rekeyed(old.key_name, error.successor, None, None)
        # what the old key signed is held by the new one from here on: who has the old one cannot write it anew
        anchors.write(self._settings.audit_anchors, anchor(new, number, mac, datetime.now(UTC)))
        if not self._given():
            put_in_place(AUDIT, home, key)
        return Rekeyed(old.key_name, new.key_name, number, path if self._given() else None)

    def _key(self) -> bytes:
        return kept_key(AUDIT, self._settings.home, self._settings.account("AUDIT_KEY"))

    def _given(self) -> bool:
        return self._settings.account("AUDIT_KEY") is not None

    def _stamped(self) -> tuple[int, int] | None:
        """What changes when another process puts another key in place."""
        try:
            found = (self._settings.home / AUDIT.file).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

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
        signer = self.signer
        retired = [Signer(key) for name, key in ring(AUDIT, self._settings.home).items() if name != signer.key_name]
        found = tampering.verify(self._rows(), signer, anchors=held, head=self._store.audit_end, retired=retired)
        count("audit_checks", outcome="whole" if found.whole else "broken")
        return found

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
    return {"brief": brief.id, "day": brief.day, "count": len(results), "runs": snapshot.digest(results),
            "said": snapshot.digest_of(encode.brief_bytes(brief))}  # fmt: skip


def surface() -> str:
    """Through what this process asks, where nobody said so: a notebook, or Python."""
    # a kernel is there before any of its cells runs; importing IPython to ask would take longer than a brief
    return "notebook" if "ipykernel" in sys.modules else "python"
