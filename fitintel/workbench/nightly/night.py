"""nightly(): everybody's brief of a day. It can be stopped and started again at any point, and does nothing twice."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.nights import AthleteNight, Done, NightReport, Recipient, Step
from fitintel.workbench.nightly.athlete import NOTEBOOK, PRELOAD, Night, Render, Some, Task, failed, path_of
from fitintel.workbench.nightly.inputs import inputs_of_everybody
from fitintel.workbench.nightly.outbox import STALE, deliver, deliveries_of
from fitintel.workbench.nightly.pool import spread
from fitintel.workbench.nightly.some import make

if TYPE_CHECKING:
    from fitintel.workbench.door import Progress
    from fitintel.workbench.door.nights import NightDoor

TIMEOUT = 60
"""s that a cell of a night's notebook may take"""
MEMORY = 1024 * 1024 * 1024
"""bytes that a night's notebook may take"""
TOGETHER = 25
"""Athletes whose briefs are kept in one transaction, at most: what a killed night has to do again, a process."""


Spreader = Callable[[Sequence[Some]], Iterator[tuple[Some, list[AthleteNight] | BaseException]]]
"""Makes pieces of a night somewhere; each with its rows or what was raised, as it is done."""


class Notebooks(StrEnum):
    """Whose notebook is executed."""

    NONE = "none"
    CHANGED = "changed"  # of those whose brief is made tonight
    ALL = "all"


class Engine(StrEnum):
    """Where a night's work is done."""

    LOCAL = "local"  # in processes of this machine
    DASK = "dask"  # by the workers of a cluster


def nightly(
    bench: NightDoor, render: Render, *, day: str | int | None = None, athletes: Sequence[str] = (),
    notebooks: Notebooks = Notebooks.NONE, workers: int | None = None, out: Path | None = None,
    notebook: Path | None = None, timeout: int = TIMEOUT, memory: int | None = MEMORY, stale: timedelta = STALE,
    track: bool = True, progress: Progress | None = None, engine: Engine = Engine.LOCAL, scheduler: str | None = None,
) -> NightReport:  # fmt: skip
    """Make the brief of `day` for `athletes` (default: everybody), with `render`ed files in `out`.

    Who has nothing new and has their files keeps them. One athlete's failure is a row of the report and nobody
    else's. With `track` MLflow is told, once, at the end.

    `notebook` is executed for each with those of the parameters athlete, day, units and language that it declares
    (default: the daily brief); `timeout` [s] and `memory` [bytes] are its limits. A delivery that has been under way
    for longer than `stale` is begun anew. With the engine DASK a cluster makes the briefs, the one at the address
    `scheduler` or one of `workers` processes here; its workers reach the same database, files and folder `out`.
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
            tasks.append(Task(one, inputs[one]))
    unchanged = set(rows)
    recipients: dict[str, list[Recipient]] = {}
    for each in bench.vault.recipients():
        recipients.setdefault(each.athlete_id, []).append(each)
    night = Night(bench.settings, bench.actor, number, folder, render, source, timeout, memory)
    used = workers or os.cpu_count() or 1
    for made in _made(night, tasks, _spreader(engine, used, scheduler), used):
        waiting = [each for row in made if row.files for each in deliveries_of(row, recipients.get(row.athlete_id, ()))]
        bench.vault.keep_nights(made, waiting)
        for row in made:
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
    # plain paths: of a fleet with nothing new this is a good part of the night
    files = {os.path.join(folder, name) for name in row.files}
    if notebooks is Notebooks.ALL:
        files.add(str(path_of(folder, row.athlete_id, row.day, NOTEBOOK)))
    return all(map(os.path.isfile, files))


def _spreader(engine: Engine, workers: int, scheduler: str | None) -> Spreader:
    if engine is Engine.DASK:
        from fitintel.workbench.nightly.cluster import spread_over

        return lambda pieces: spread_over(make, pieces, workers, scheduler)
    if scheduler is not None:
        raise UsageError("Only the engine dask has a scheduler", next="add --engine dask")
    return lambda pieces: spread(make, pieces, min(workers, len(pieces)), PRELOAD)


def _made(night: Night, tasks: Sequence[Task], spreader: Spreader, workers: int) -> Iterator[list[AthleteNight]]:
    """Rows as they are made. Athletes among whom something unexpected happened are made again, each on their own."""
    size = max(1, min(TOGETHER, -(-len(tasks) // (2 * workers))))
    waiting = [Some(night, tuple(tasks[start : start + size])) for start in range(0, len(tasks), size)]
    while waiting:
        again: list[Some] = []
        for some, result in spreader(waiting):
            if not isinstance(result, BaseException):
                yield result
            elif len(some.tasks) > 1:
                again += some.alone()
            else:
                _log(night.settings.home / "night.log", some.tasks[0], result)
                yield [failed(night, some.tasks[0], Step.WORKER, result)]
        waiting = again


def _log(path: Path, task: Task, error: BaseException) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {task.athlete_id}\n")
        log.writelines(traceback.format_exception(error))


def _said(row: AthleteNight) -> str:
    return f"brief of {row.athlete_id}" + (" failed" if row.done is Done.FAILED else "")
