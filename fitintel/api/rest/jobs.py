"""Jobs: how far work is that goes on after its request was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from fitintel.api.who import Bench
from fitintel.core.requests import Job as Record
from fitintel.core.requests import JobState

router = APIRouter(prefix="/jobs", tags=["jobs"])


class Job(BaseModel):
    """Work that goes on."""

    id: str = Field(examples=["j-0f9c8d7e6b5a49382716051423324150"])
    kind: str = Field(examples=["import"])
    athlete_id: str | None
    state: JobState
    done: int
    total: int
    at: datetime
    heard_at: datetime
    result: Any = None
    """what the request would have answered, or what went wrong and what to do"""


@router.get("/{job_id}")
def job(job_id: str, bench: Bench) -> Job:
    """A job of yours."""
    from fitintel.workbench.jobs import job_of

    return described(job_of(bench, job_id))


def described(one: Record) -> Job:
    """A job as it is answered."""
    return Job(**{name: getattr(one, name) for name in Job.model_fields})
