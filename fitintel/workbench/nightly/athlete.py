"""One athlete's night, in a worker process: the brief, its page and data, and the executed notebook if it is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core import days
from fitintel.core.errors import FitintelError
from fitintel.core.nights import AthleteNight, Done, Step
from fitintel.core.preferences import Preferences
from fitintel.core.records import OpenBrief

if TYPE_CHECKING:
    from fitintel.access.actor import Actor
    from fitintel.core.settings import Settings
    from fitintel.workbench.door import Workbench

Render = Callable[[OpenBrief, Preferences], Mapping[str, bytes]]
"""An open brief as files: suffix -> content. A function of a module, because workers are told its name."""
NOTEBOOK = ".ipynb"
PRELOAD = ("numpy", "fitintel.workbench.door", "fitintel.workbench.briefs", "fitintel.intelligence.brief",
           "fitintel.storage.open", "fitintel.views.files")  # fmt: skip
"""What a fork server imports once for all that it forks."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is asked for."""

    settings: Settings
    actor: Actor
    athlete_id: str
    day: int
    inputs: str
    folder: Path
    """of all briefs; each athlete has one in it"""
    render: Render
    notebook: Path | None
    """that is executed with the athlete, the day and their units"""
    timeout: int
    """s a cell of the notebook"""
    memory: int | None
    """bytes that the notebook may take"""


def make(task: Task) -> AthleteNight:
    """Make an athlete's brief and write its files. What a person can act on is returned; anything else is raised."""
    began = time.monotonic()
    bench = _bench(task.settings, task.actor)
    step, brief_id, files = Step.BRIEF, "", []
    try:
        opened = bench.open_brief(task.athlete_id, task.day)
        brief_id = opened.brief.id
        step = Step.PAGE
        reads = bench.store.preferences(task.athlete_id) or Preferences(task.athlete_id)
        for suffix, content in sorted(task.render(opened, reads).items()):
            files.append(_write(task, suffix, content))
        if task.notebook is not None:
            step = Step.NOTEBOOK
            files.append(_execute(task, task.notebook, opened, reads))
    except FitintelError as error:
        return failed(task, step, error, time.monotonic() - began, brief_id)
    return AthleteNight(task.day, task.athlete_id, Done.MADE, task.inputs, datetime.now(UTC),
                        time.monotonic() - began, brief_id, tuple(files))  # fmt: skip


def failed(task: Task, step: Step, error: BaseException, seconds: float = 0.0, brief_id: str = "") -> AthleteNight:
    """The row of an athlete whose night failed."""
    if isinstance(error, FitintelError):
        what, why, after = error.what, error.why or "", error.next or ""
    else:
        what, why = f"fitintel met something it does not expect ({type(error).__name__})", str(error)
        after = "nothing was half written; report this with the lines of night.log"
    return AthleteNight(task.day, task.athlete_id, Done.FAILED, task.inputs, datetime.now(UTC), seconds, brief_id,
                        step=step, what=what, why=why, next=after)  # fmt: skip


def path_of(folder: Path, athlete_id: str, day: int, suffix: str) -> Path:
    """Where a brief's file stands."""
    return folder / athlete_id / f"{athlete_id}-{days.iso(day)}{suffix}"


def _write(task: Task, suffix: str, content: bytes) -> str:
    path = path_of(task.folder, task.athlete_id, task.day, suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    # a page appears whole or not at all
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
    return str(path.relative_to(task.folder))


def _execute(task: Task, notebook: Path, opened: OpenBrief, reads: Preferences) -> str:
    from fitintel.reporting.notebooks import Engine, declared, execute
    from fitintel.workbench.publishing import environment

    out = path_of(task.folder, task.athlete_id, task.day, NOTEBOOK)
    units = reads.units or opened.athlete.units
    known = {"athlete": task.athlete_id, "day": days.iso(task.day), "units": units.value, "language": reads.language}
    parameters = {name: known[name] for name in declared(notebook) if name in known}
    execute(notebook, parameters, out, engine=Engine.WARM, preload=PRELOAD,
            environment=environment(task.settings), timeout=task.timeout, memory=task.memory)  # fmt: skip
    return str(out.relative_to(task.folder))


_benches: dict[tuple[str, str, str], Workbench] = {}


def _bench(settings: Settings, actor: Actor) -> Workbench:
    """This process's workbench: opened once, for all athletes that it is given."""
    key = str(settings.home), settings.database_url, actor.id
    if key not in _benches:
        from fitintel.workbench.door import Workbench

        _benches[key] = Workbench(settings, actor, surface="nightly", why="brief of the night")
    return _benches[key]
