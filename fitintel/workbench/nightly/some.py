"""Some athletes' night, in a worker process: their briefs, pages and data, and the executed notebooks that are wanted.

What all of them need is read at once and what they bring is kept in one transaction: of a brief's time that used to be
two thirds. Files appear after it: nobody is shown what is not kept.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core import days
from fitintel.core.errors import FitintelError
from fitintel.core.nights import AthleteNight, Done, Step
from fitintel.core.preferences import Preferences
from fitintel.core.records import OpenBrief
from fitintel.workbench.nightly.athlete import NOTEBOOK, PRELOAD, Night, Some, Task, failed, path_of

if TYPE_CHECKING:
    from fitintel.workbench.nightly.together import NightBench


def make(some: Some) -> list[AthleteNight]:
    """Make the athletes' briefs and write their files; a row each.

    What a person can act on is in its row. Anything else is raised, with nothing kept: asked for each on their own, the
    others get theirs.
    """
    night, bench = some.night, _bench(some.night)
    opened: dict[Task, tuple[OpenBrief, Preferences, float]] = {}
    rows: dict[Task, AthleteNight] = {}
    try:
        with bench.together([task.athlete_id for task in some.tasks], night.day):
            for task in some.tasks:
                began = time.monotonic()
                try:
                    found = bench.open_brief(task.athlete_id, night.day)
                    reads = bench.store.preferences(task.athlete_id) or Preferences(task.athlete_id)
                except FitintelError as error:
                    rows[task] = failed(night, task, Step.BRIEF, error, time.monotonic() - began)
                else:
                    opened[task] = found, reads, time.monotonic() - began
    except FitintelError as error:
        return [rows.get(task) or failed(night, task, Step.BRIEF, error) for task in some.tasks]
    for task, (found, reads, seconds) in opened.items():
        rows[task] = _write(night, task, found, reads, seconds)
    return [rows[task] for task in some.tasks]


def _write(night: Night, task: Task, opened: OpenBrief, reads: Preferences, seconds: float) -> AthleteNight:
    """The files of a brief that has been kept."""
    began, step, files = time.monotonic() - seconds, Step.PAGE, []
    try:
        for suffix, content in sorted(night.render(opened, reads).items()):
            files.append(_file(night, task, suffix, content))
        if night.notebook is not None:
            step = Step.NOTEBOOK
            files.append(_execute(night, task, night.notebook, opened, reads))
    except FitintelError as error:
        return failed(night, task, step, error, time.monotonic() - began, opened.brief.id)
    return AthleteNight(night.day, task.athlete_id, Done.MADE, task.inputs, datetime.now(UTC),
                        time.monotonic() - began, opened.brief.id, tuple(files))  # fmt: skip


def _file(night: Night, task: Task, suffix: str, content: bytes) -> str:
    path = path_of(night.folder, task.athlete_id, night.day, suffix)
    # a page appears whole or not at all
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
    part.replace(path)
    return str(path.relative_to(night.folder))


def _execute(night: Night, task: Task, notebook: Path, opened: OpenBrief, reads: Preferences) -> str:
    from fitintel.reporting.notebooks import Engine, declared, execute
    from fitintel.workbench.publishing import environment

    out = path_of(night.folder, task.athlete_id, night.day, NOTEBOOK)
    units = reads.units or opened.athlete.units
    known = {"athlete": task.athlete_id, "day": days.iso(night.day), "units": units.value, "language": reads.language}
    parameters = {name: known[name] for name in declared(notebook) if name in known}
    execute(notebook, parameters, out, engine=Engine.WARM, preload=PRELOAD,
            environment=environment(night.settings), timeout=night.timeout, memory=night.memory)  # fmt: skip
    return str(out.relative_to(night.folder))


_benches: dict[tuple[str, str, str], NightBench] = {}


def _bench(night: Night) -> NightBench:
    """This process's workbench: opened once, for all athletes that it is given."""
    settings = night.settings
    key = str(settings.home), settings.database_url, night.actor.id
    if key not in _benches:
        from fitintel.workbench.nightly.together import NightBench

        _benches[key] = NightBench(settings, night.actor, surface="nightly", why="brief of the night")
    return _benches[key]
