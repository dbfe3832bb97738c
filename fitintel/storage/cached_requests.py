"""What requests leave behind, asked of the store behind the cache: it is what caches are judged by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from fitintel.core.requests import Job, Repeat, Stamp
from fitintel.storage.store import Store


class CachedRequests:
    """The part of CachedStore that passes on stamps, repeats and jobs."""

    _store: Store

    def stamp(self, athlete_ids: Collection[str] = ()) -> Stamp:
        """What answers about these athletes are made from now."""
        return self._store.stamp(athlete_ids)

    def begin_repeat(self, one: Repeat, forget_before: datetime) -> Repeat | None:
        """Keep a request under its key; None when it is the first, else what is kept."""
        return self._store.begin_repeat(one, forget_before)

    def end_repeat(self, one: Repeat) -> None:
        """Keep the answer to a request; with status 0 it is forgotten."""
        self._store.end_repeat(one)

    def put_job(self, one: Job) -> None:
        """Insert or change a job."""
        self._store.put_job(one)

    def job(self, job_id: str) -> Job:
        """The job; raises NotFound."""
        return self._store.job(job_id)
