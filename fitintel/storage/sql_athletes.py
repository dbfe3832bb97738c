"""Athletes and their revisions in SQL."""

from __future__ import annotations

import time

from sqlalchemy import Connection, bindparam, case, or_, select, update

from fitintel.core.errors import NotFound
from fitintel.core.records import Athlete
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import athletes

_FACTS = [column for column in athletes.columns if column.name != "revision"]
_THERE = select(athletes.c.id).where(athletes.c.id == bindparam("id"))


class SqlAthletes:
    """The athletes' part of SqlStore."""

    _database: Database

    def put_athlete(self, athlete: Athlete) -> None:
        """Insert or change an athlete; putting an unchanged one is no change."""
        row = encode.athlete_row(athlete)

        def work(connection: Connection) -> None:
            # looked for first: some databases count a row that was there already as one that was inserted
            if connection.execute(_THERE, {"id": athlete.id}).first() is None:
                add_missing_records(connection, athletes, [{**row, "revision": _now()}])
            differs = or_(*(column.is_distinct_from(row[column.name]) for column in _FACTS))
            connection.execute(
                update(athletes).where(athletes.c.id == athlete.id, differs).values(**row, revision=_next_revision())
            )

        self._database.write(work)

    def athlete(self, athlete_id: str) -> Athlete:
        """The athlete; raises NotFound."""
        found = self._database.read(
            lambda connection: connection.execute(select(*_FACTS).where(athletes.c.id == athlete_id)).mappings().first()
        )
        if found is None:
            raise _no_athlete(athlete_id)
        return encode.athlete(found)

    def athletes(self) -> tuple[Athlete, ...]:
        """All athletes, by id."""
        found = self._database.read(
            lambda connection: connection.execute(select(*_FACTS).order_by(athletes.c.id)).mappings().all()
        )
        return tuple(map(encode.athlete, found))

    def revision(self, athlete_id: str) -> int:
        """A number that grows with every change of the athlete's facts; 0 for an unknown athlete."""
        statement = select(athletes.c.revision).where(athletes.c.id == athlete_id)
        return self._database.read(lambda connection: connection.execute(statement).scalar()) or 0

    def revisions(self) -> dict[str, int]:
        """The revision of every athlete, by id."""
        statement = select(athletes.c.id, athletes.c.revision).order_by(athletes.c.id)
        return {str(row.id): int(row.revision) for row in self._database.read(lambda c: c.execute(statement).all())}


def touch(connection: Connection, athlete_id: str) -> None:
    """Let the athlete's revision grow; raises NotFound. As the first statement of a write it makes writers of the same
    athlete wait for each other, so they cannot deadlock.
    """  # fmt: skip
    statement = update(athletes).where(athletes.c.id == athlete_id).values(revision=_next_revision())
    if connection.execute(statement).rowcount != 1:
        raise _no_athlete(athlete_id)


def hold(connection: Connection, athlete_id: str) -> None:
    """Make writers of the same athlete wait for each other, without a change of facts; raises NotFound."""
    statement = select(athletes.c.id).where(athletes.c.id == athlete_id).with_for_update()
    if connection.execute(statement).first() is None:
        raise _no_athlete(athlete_id)


def _next_revision() -> object:
    # the time, not a counter: after a backup is restored, a revision that a cache may know is never given out again
    return case((athletes.c.revision < _now(), _now()), else_=athletes.c.revision + 1)


def _now() -> int:
    return time.time_ns() // 1000


def _no_athlete(athlete_id: str) -> NotFound:
    return NotFound(
        f"There is no athlete {athlete_id!r}",
        next="check the spelling of the id, or import a file for this athlete first",
    )
