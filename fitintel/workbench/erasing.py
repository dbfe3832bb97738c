"""Erasing an athlete: rows, stored files, published pages. Rows of the audit chain stay: they hold no figure."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fitintel.core.errors import UsageError

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed."""

    athlete_id: str
    rows: int
    files: int


def erase(bench: Door, athlete_id: str, confirm: str) -> Erased:
    """Remove everything of the athlete; raises UsageError unless `confirm` is the id.

    Rows go first, in one transaction: what was cut off then leaves files that nothing names, never rows without files.
    """
    if confirm != athlete_id:
        raise UsageError("Nothing was erased", why="the word that confirms it is not the id of the athlete",
                         next=f"type {athlete_id}")  # fmt: skip
    bench.note("access", athlete_id, "erase")
    rows, digests = bench.vault.erase_athlete(athlete_id)
    for kind, named in digests.items():
        bench.blobs.remove(kind, named)
    shutil.rmtree(bench.settings.briefs / athlete_id, ignore_errors=True)
    return Erased(athlete_id, rows, sum(map(len, digests.values())))
