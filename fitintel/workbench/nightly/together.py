"""The workbench of a night's process: what some athletes need is read at once, what they bring is kept at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import cast

from fitintel.core.audit import Entry
from fitintel.storage.gathered import GatheredFiles, gathered
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.auditing import AuditOffice
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly.ahead import Ahead


class NightBench(Workbench):
    """A workbench whose verbs find what `together` read ahead, and whose writes wait for its end."""

    @cached_property
    def vault(self) -> Store:
        """Facts without a guard, with what was read ahead before them."""
        # what Ahead does not know it asks the store behind it
        return cast(Store, Ahead(super().vault))

    @property
    def ahead(self) -> Ahead:
        """What was read ahead, and what waits."""
        return cast(Ahead, self.vault)

    @cached_property
    def _files(self) -> tuple[Blobs, GatheredFiles]:
        from fitintel.storage import open_blobs

        return gathered(open_blobs(self.settings.files_url, self.keyring))

    @cached_property
    def blobs(self) -> Blobs:
        """Raw files and snapshots."""
        if self.actor.is_owner:
            return self._files[0]
        from fitintel.workbench.guard import guarded_blobs

        return guarded_blobs(self, self._files[0])

    @cached_property
    def audit(self) -> AuditOffice:
        """Adds to the audit chain when what it notes is kept."""
        return GatheringOffice(self.ahead, self.vault, self.settings)

    @contextmanager
    def together(self, athlete_ids: Sequence[str], day: int) -> Iterator[None]:
        """Within it briefs of these athletes are made for this day; at its end all are kept, or none where it fails."""
        try:
            self.ahead.read(athlete_ids, day)
            yield
            # files before the rows that name them
            self._files[1].flush()
            end = self.ahead.keep(self.audit.signer)
            if end is not None:
                self.audit.anchor_if_due(*end)
        finally:
            self.ahead.forget()
            self._files[1].forget()


class GatheringOffice(AuditOffice):
    """An office whose rows wait until what they note is kept."""

    def __init__(self, ahead: Ahead, *more: object) -> None:
        super().__init__(*more)  # type: ignore[arg-type]
        self._ahead = ahead

    def add(self, entries: Sequence[Entry]) -> None:
        """Let rows wait."""
        self._ahead.noted.extend(entries)
        self.count(entries)
