"""Stamps, answers to repeated requests, and jobs, in SQL."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from fitintel.core.errors import NotFound
from fitintel.core.requests import Job, JobState, Repeat, Stamp
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.rights import stamps_of
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import athletes
from fitintel.storage.tables_requests import jobs, repeats

_REVISIONS = select(athletes.c.id, athletes.c.revision).where(athletes.c.id.in_(bindparam("ids", expanding=True)))
"""made once: it is asked at each request"""


class SqlRequests:
    """The part of SqlStore that keeps what requests leave behind."""

    _database: Database

    def stamp(self, athlete_ids: Collection[str] = ()) -> Stamp:
        """What answers about these athletes are made from now."""
        wanted = sorted(set(athlete_ids))

        def work(connection: Connection) -> Stamp:
            rights, told = stamps_of(connection)
            found = connection.execute(_REVISIONS, {"ids": wanted}) if wanted else ()
            return Stamp(rights, {athlete_id: int(revision) for athlete_id, revision in found}, told)

        return self._database.read(work)

    def begin_repeat(self, one: Repeat, forget_before: datetime) -> Repeat | None:
        """Keep a request under its key; None when it is the first, else what is kept. What is older is forgotten."""
        row, again = _row(one), False

        def work(connection: Connection) -> Repeat | None:
            nonlocal again
            connection.execute(delete(repeats).where(repeats.c.at < encode.micros(forget_before)))
            try:
                # of two at the same time one gets in: the key is unique
                with connection.begin_nested():
                    connection.execute(insert(repeats).values(row))
            except IntegrityError:
                found = connection.execute(select(repeats).where(_key(one))).mappings().first()
                before = None if found is None else _repeat(found)
                # its own row: the answer to a commit was lost, and the transaction is tried again
                return None if again and before == one else before
            finally:
                again = True
            return None

        return self._database.write(work)

    def end_repeat(self, one: Repeat) -> None:
        """Keep the answer to a request; with status 0 it is forgotten, and may be asked anew."""
        mine = _key(one)
        statement = update(repeats).where(mine).values(_row(one)) if one.status else delete(repeats).where(mine)
        self._database.write(lambda connection: connection.execute(statement))

    def put_job(self, one: Job) -> None:
        """Insert or change a job."""
        row = {**{name: getattr(one, name) for name in Job.__dataclass_fields__}, "state": one.state.value,
               "at": encode.micros(one.at), "heard_at": encode.micros(one.heard_at),
               "result": json.dumps(one.result)}  # fmt: skip

        def work(connection: Connection) -> None:
            add_missing_records(connection, jobs, [row])
            connection.execute(update(jobs).where(jobs.c.id == one.id).values(row))

        self._database.write(work)

    def job(self, job_id: str) -> Job:
        """The job; raises NotFound."""
        statement = select(jobs).where(jobs.c.id == job_id)
        row = self._database.read(lambda connection: connection.execute(statement).mappings().first())
        if row is None:
            raise NotFound(f"There is no job {job_id!r}", next="the answer that began it names its address")
        return Job(**{**encode.named(row), "state": JobState(row["state"]), "at": encode.moment(row["at"]),
                      "heard_at": encode.moment(row["heard_at"]), "result": json.loads(row["result"])})  # fmt: skip


def _key(one: Repeat) -> Any:
    return and_(repeats.c.account_id == one.account_id, repeats.c.digest == one.digest)


def _row(one: Repeat) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in Repeat.__dataclass_fields__}
    return {**row, "at": encode.micros(one.at), "headers": json.dumps(dict(one.headers))}


def _repeat(row: Any) -> Repeat:
    return Repeat(**{**encode.named(row), "at": encode.moment(row["at"]), "headers": json.loads(row["headers"]),
                     "body": bytes(row["body"])})  # fmt: skip
