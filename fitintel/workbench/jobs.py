"""Jobs: work that goes on after its request was answered, told to who asked and to who follows."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import FitintelError, NotFound
from fitintel.core.events import Topic
from fitintel.core.requests import Job, JobState
from fitintel.workbench.happening import EVERY, event

if TYPE_CHECKING:
    from fitintel.workbench.door import Workbench
    from fitintel.workbench.door.base import Progress

SILENT = timedelta(minutes=10)
"""after which a job that says nothing was cut off with its server"""
CUT_OFF = {"what": "The job was cut off", "next": "ask for it again: what was done is not done twice"}


def begin(bench: Workbench, athlete_id: str) -> Job:
    """A new job that takes files in for an athlete; raises NotAllowed."""
    bench.may(Action.CREATE, athlete_id, Kind.IMPORT)
    now = datetime.now(UTC)
    made = Job(f"j-{secrets.token_hex(16)}", bench.actor.id, athlete_id, "import", now, now)
    bench.vault.put_job(made)
    return made


def work(bench: Workbench, job: Job, does: Callable[[Progress], Any]) -> Job:
    """Do it, and keep what comes of it: what `does` returns, or why it failed."""
    last = 0.0

    def tell(done: int, total: int, _: str) -> None:
        nonlocal job, last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            job = replace(job, done=done, total=total, heard_at=datetime.now(UTC))
            bench.vault.put_job(job)

    ended = replace(job, state=JobState.FAILED, result=CUT_OFF)
    try:
        ended = replace(job, state=JobState.DONE, result=does(tell))
    except FitintelError as error:
        ended = replace(job, state=JobState.FAILED, result={"what": error.what, "why": error.why, "next": error.next})
    finally:
        ended = replace(ended, done=job.done, total=job.total, heard_at=datetime.now(UTC))
        bench.vault.put_job(ended)
        bench.vault.put_events([event(Topic.IMPORTS, "job", job.athlete_id, job=job.id, state=ended.state.value)])
    return ended


def job_of(bench: Workbench, job_id: str) -> Job:
    """One's own job, while one may still do what it does; raises NotFound."""
    found = bench.vault.job(job_id)
    theirs = found.account_id != bench.actor.id or not bench.permits(Action.CREATE, found.athlete_id, Kind.IMPORT)
    if theirs:
        raise NotFound(f"There is no job {job_id!r}", next="the answer that began it names its address")
    if found.state is JobState.WORKING and datetime.now(UTC) - found.heard_at > SILENT:
        return replace(found, state=JobState.FAILED, result=CUT_OFF)
    return found
