"""nightly(): everybody's brief of a day. It can be stopped and started again at any point, and does nothing twice."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.nights import AthleteNight, Done, NightReport, Recipient, Step
from fitintel.workbench.nightly.athlete import NOTEBOOK, PRELOAD, Render, Task, failed, make, path_of
from fitintel.workbench.nightly.inputs import inputs_of_everybody
from fitintel.workbench.nightly.outbox import STALE, deliver, deliveries_of
from fitintel.workbench.nightly.pool import spread

if TYPE_CHECKING:
    from fitintel.workbench.door import Progress
    from fitintel.workbench.door.nights import NightDoor

TIMEOUT = 60
"""s that a cell of a night's notebook may take"""
MEMORY = 1024 * 1024 * 1024
"""bytes that a night's notebook may take"""


class Notebooks(StrEnum):
    """Whose notebook is executed."""

    NONE = "none"
    CHANGED = "changed"  # of those whose brief is made tonight
    ALL = "all"


def nightly(
    bench: NightDoor, render: Render, *, day: str | int | None = None, athletes: Sequence[str] = (),
    notebooks: Notebooks = Notebooks.NONE, workers: int | None = None, out: Path | None = None,
    notebook: Path | None = None, timeout: int = TIMEOUT, memory: int | None = MEMORY, stale: timedelta = STALE,
    track: bool = True, progress: Progress | None = None,
) -> NightReport:  # fmt: skip
    """Make the brief of `day` for `athletes` (default: everybody), with `render`ed files in `out`.

    Who has nothing new and has their files keeps them. One athlete's failure is a row of the report and nobody
    else's. With `track` MLflow is told, once, at the end.

    `notebook` is executed for each with those of the parameters athlete, day, units and language that it declares
    (default: the daily brief); `timeout` [s] and `memory` [bytes] are its limits. A delivery that has been under way
    for longer than `stale` is begun anew.
    """
    from fitintel.workbench.publishing import notebook_source
    from fitintel.workbench.squad import day_of_squad

    began = time.monotonic()
    if workers is not None and workers < 1:
        raise UsageError(f"A night needs at least one process, not {workers}")
    everybody = [one.id for one in bench.athletes()]
    wanted = list(dict.fromkeys(athletes)) or everybody
    for one in wanted:
        if one not in everybody:
            raise NotFound(f"There is no athlete {one!r}", next="fitintel squad lists the athletes")
        bench.may(Action.CREATE, one, Kind.BRIEF)
    if not wanted:
        raise NotFound("There is nobody to make a brief for", next="fitintel import FILE, or fitintel demo")
    source = None if notebooks is Notebooks.NONE else notebook or notebook_source("briefs/daily_brief.ipynb")
    number, folder = day_of_squad(bench, day), out or bench.settings.briefs
    inputs = inputs_of_everybody(bench, number)
    before = {row.athlete_id: row for row in bench.vault.night(number)}
    rows: dict[str, AthleteNight] = {}
    tasks = []
    for one in wanted:
        if _stands(before.get(one), inputs[one], folder, notebooks):
            rows[one] = before[one]
        else:
            tasks.append(Task(bench.settings, bench.actor, one, number, inputs[one], folder, render,
                              source, timeout, memory))  # fmt: skip
    unchanged = set(rows)
    recipients: dict[str, list[Recipient]] = {}
    for each in bench.vault.recipients():
        recipients.setdefault(each.athlete_id, []).append(each)
    for row in _made(bench, tasks, workers or os.cpu_count() or 1):
        bench.vault.keep_night(row, deliveries_of(row, recipients.get(row.athlete_id, ())) if row.files else ())
        rows[row.athlete_id] = row
        if progress:
            progress(len(rows), len(wanted), _said(row))
    sent = deliver(bench, folder, stale)
    if tasks and track:
        bench.track(night=True)
    ordered = [replace(rows[one], done=Done.UNCHANGED) if one in unchanged else rows[one] for one in wanted]
    return NightReport(number, tuple(ordered), sent, time.monotonic() - began)


def _stands(row: AthleteNight | None, inputs: str, folder: Path, notebooks: Notebooks) -> bool:
    """Whether what an earlier night made is there and would be made again."""
    if row is None or row.done is Done.FAILED or row.inputs != inputs:
        return False
    files = {folder / name for name in row.files}
    if notebooks is Notebooks.ALL:
        files.add(path_of(folder, row.athlete_id, row.day, NOTEBOOK))
    return all(file.is_file() for file in files)


def _made(bench: NightDoor, tasks: Sequence[Task], workers: int) -> Iterator[AthleteNight]:
    if not tasks:
        return
    for task, result in spread(make, tasks, min(workers, len(tasks)), PRELOAD):
        if isinstance(result, BaseException):
            _log(bench.settings.home / "night.log", task, result)
            yield failed(task, Step.WORKER, result)
        else:
            yield result


def _log(path: Path, task: Task, error: BaseException) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {task.athlete_id}\n")
        log.writelines(traceback.format_exception(error))


def _said(row: AthleteNight) -> str:
    return f"brief of {row.athlete_id}" + (" failed" if row.done is Done.FAILED else "")
