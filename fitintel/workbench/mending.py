"""A mended file takes the place of the one that waits: it is imported, linked to it, and what waited is resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.core.records import ImportRecord, Outcome, Problem
from fitintel.ingest import arrival as coming
from fitintel.ingest.intake import shown
from fitintel.ingest.options import Options
from fitintel.ingest.report import ImportReport
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.bulk import take_all
from fitintel.workbench.duplicates import match_reports
from fitintel.workbench.errands import Desk, Errand, errand


def retry_mended(
    store: Store, blobs: Blobs, athlete_id: str, mended: Sequence[str | Path], options: Options, *,
    dry_run: bool = False, today: int | None = None, workers: int = 0,
) -> tuple[ImportReport, ...]:  # fmt: skip
    """Import files instead of those of the same name that wait in quarantine; their ledger rows name them.

    Raises:
        UsageError: a file is not there, or none or several of its name wait.
    """
    files = [(coming.regular(Path(path)), _waiting(store, athlete_id, Path(path).name)) for path in mended]
    desk = Desk(store, blobs, athlete_id, today, dry_run)
    reports = tuple(take_all(desk, _errands(desk, files, options), None, len(files), workers))
    match_reports(desk, reports)
    return reports


def _waiting(store: Store, athlete_id: str, name: str) -> tuple[ImportRecord, tuple[Problem, ...]]:
    """The last import of a file, or member of an archive, of that name of which something waits, and what waits."""
    problems: dict[str, list[Problem]] = {}
    for problem in store.problems(athlete_id=athlete_id, outcome=Outcome.QUARANTINED.value):
        problems.setdefault(problem.import_id, []).append(problem)
    waiting = [record for record in store.imports(athlete_id)
               if record.id in problems and re.split(r"[/!]", record.file_name)[-1] == shown(name)]  # fmt: skip
    names = sorted({record.file_name for record in waiting})
    if len(names) != 1:
        raise UsageError(
            f"{len(names) or 'No'} files of this name wait in quarantine", where=shown(name),
            why=", ".join(names) or "a mended file has the name of the one that it stands for",
            next="rename it, or import it as a new file: fitintel import" if not names else "import it as a new file",
        )  # fmt: skip
    record = max(waiting, key=lambda each: each.at)
    return record, tuple(problem for each in waiting for problem in problems[each.id])


def _errands(
    desk: Desk, files: Sequence[tuple[Path, tuple[ImportRecord, tuple[Problem, ...]]]], options: Options
) -> Iterator[Errand]:
    for path, (record, problems) in files:
        said = options.over(record.profile.get("options") or {})
        for arrival in coming.arrivals([coming.Found(record.file_name, path)], lambda _: False):
            one = errand(desk, arrival, said, retry_of=record.id)
            own = arrival.name == record.file_name
            yield replace(one, earlier=(*one.earlier, *problems)) if own else one
