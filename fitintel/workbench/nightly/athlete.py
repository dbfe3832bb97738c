"""Athletes of a night, as a worker process is asked for them, and the row of one that failed."""

from __future__ import annotations

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

Render = Callable[[OpenBrief, Preferences], Mapping[str, bytes]]
"""An open brief as files: suffix -> content. A function of a module, because workers are told its name."""
NOTEBOOK = ".ipynb"
PRELOAD = ("numpy", "fitintel.workbench.door", "fitintel.workbench.briefs", "fitintel.intelligence.brief",
           "fitintel.storage.open", "fitintel.views.files", "fitintel.workbench.nightly.some")  # fmt: skip
"""What a fork server imports once for all that it forks."""


@dataclass(frozen=True, slots=True)
class Night:
    """What is the same for all athletes of a night."""

    settings: Settings
    actor: Actor
    day: int
    folder: Path
    """of all briefs; each athlete has one in it"""
    render: Render
    notebook: Path | None
    """that is executed with the athlete, the day and their units"""
    timeout: int
    """s a cell of the notebook"""
    memory: int | None
    """bytes that the notebook may take"""


@dataclass(frozen=True, slots=True)
class Task:
    """One athlete's part: the digest of what their brief depends on stands in the ledger when it is made."""

    athlete_id: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Some:
    """Athletes that one process makes together."""

    night: Night
    tasks: tuple[Task, ...]

    def alone(self) -> tuple[Some, ...]:
        """Each of them on their own."""
        return tuple(Some(self.night, (task,)) for task in self.tasks)


def failed(night: Night, task: Task, step: Step, error: BaseException, seconds: float = 0.0,
           brief_id: str = "") -> AthleteNight:  # fmt: skip
    """The row of an athlete whose night failed."""
    if isinstance(error, FitintelError):
        what, why, after = error.what, error.why or "", error.next or ""
    else:
        what, why = f"fitintel met something it does not expect ({type(error).__name__})", str(error)
        after = "nothing was half written; report this with the lines of night.log"
    return AthleteNight(night.day, task.athlete_id, Done.FAILED, task.inputs, datetime.now(UTC), seconds, brief_id,
                        step=step, what=what, why=why, next=after)  # fmt: skip


def path_of(folder: Path, athlete_id: str, day: int, suffix: str) -> Path:
    """Where a brief's file stands."""
    return folder / athlete_id / f"{athlete_id}-{days.iso(day)}{suffix}"
