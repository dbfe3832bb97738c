"""The part of the interface that keeps what requests leave behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from fitintel.core.requests import Job, Repeat, Stamp


class RequestStore(Protocol):
    """Stamps, answers to repeated requests, and jobs."""

    def stamp(self, athlete_ids: Collection[str] = ()) -> Stamp:
        """What answers about these athletes are made from now."""

    def begin_repeat(self, one: Repeat, forget_before: datetime) -> Repeat | None:
        """Keep a request under its key; None when it is the first, else what is kept. What is older is forgotten."""

    def end_repeat(self, one: Repeat) -> None:
        """Keep the answer to a request; with status 0 it is forgotten, and may be asked anew."""

    def put_job(self, one: Job) -> None:
        """Insert or change a job."""

    def job(self, job_id: str) -> Job:
        """The job; raises NotFound."""
