"""After a backup was restored: whoever was erased since it was made is erased again, before anything is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.storage import erased
from fitintel.workbench.erasing.machine import begin, execute, resume

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.workbench.door.base import Door


def replay_tombstones(settings: Settings) -> int:
    """Erase again every athlete of the workspace who was erased since its rows were written; how many there were.

    Whoever was erased and later came back under the same id stays, unless the rows are from before: rows that were
    written after an erasure hold its last row of the audit chain.
    """
    from fitintel.workbench.door import Workbench

    marks: dict[str, list[str]] = {}
    for one in erased.noted(settings.keyring):
        marks.setdefault(one.mark, []).append(one.id)
    if not marks:
        return 0
    with Workbench(settings, surface="restore", why="erased before the backup was restored") as bench:
        found = [athlete.id for athlete in bench.vault.athletes()
                 if set(marks.get(bench.keyring.mark(athlete.id), ())) - _finished(bench, athlete.id)]  # fmt: skip
        for athlete_id in found:
            execute(bench, begin(bench, athlete_id))
        return len(found) + len(resume(bench))


def _finished(bench: Door, athlete_id: str) -> set[str]:
    """Ids of erasures of the athlete that these rows know to be complete."""
    rows = bench.vault.audit_rows(subject=athlete_id, kind="access")
    return {str(said["detail"].get("erasure")) for said in (row.said for row in rows) if said["what"] == "erased"}
