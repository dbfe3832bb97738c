"""Tombstones in SQL: what was deleted at its service is hidden from figures by a flag, and shown again without it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from fitintel.core.connections import Tombstone
from fitintel.core.workouts import COLUMNS
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import workouts
from fitintel.storage.tables_connections import awaited, payloads, tombstones

FLAG = "deleted_at_source"


class SqlTombstones:
    """The tombstones' part of SqlStore."""

    _database: Database

    def bury(self, tombstone: Tombstone) -> None:
        """Hide the workouts of something that was deleted at its service, in one transaction; twice is as once."""
        where = _of(tombstones, tombstone.athlete_id, tombstone.provider, tombstone.external_id)
        row: dict[str, Any] = {"athlete_id": tombstone.athlete_id, "provider": tombstone.provider,
               "external_id": tombstone.external_id, "at": encode.micros(tombstone.at),
               "workout_ids": json.dumps(tombstone.workout_ids)}  # fmt: skip

        def work(database: Connection) -> None:
            touch(database, tombstone.athlete_id)
            _flag(database, tombstone.athlete_id, tombstone.workout_ids, add=True)
            add_missing_records(database, tombstones, [row])
            database.execute(update(tombstones).where(where).values(workout_ids=row["workout_ids"]))
            _date(database, tombstone, row["at"])

        self._database.write(work)

    def unbury(self, tombstone: Tombstone) -> None:
        """Show the workouts again: the service has them once more, or a person wants them."""

        def work(database: Connection) -> None:
            touch(database, tombstone.athlete_id)
            _flag(database, tombstone.athlete_id, tombstone.workout_ids, add=False)
            database.execute(
                delete(tombstones).where(
                    _of(tombstones, tombstone.athlete_id, tombstone.provider, tombstone.external_id)
                )
            )
            _date(database, tombstone, None)

        self._database.write(work)

    def tombstones(self, athlete_id: str, provider: str | None = None) -> tuple[Tombstone, ...]:
        """What was deleted at a service and not restored, by time."""
        statement = select(tombstones).where(tombstones.c.athlete_id == athlete_id)
        if provider is not None:
            statement = statement.where(tombstones.c.provider == provider)
        statement = statement.order_by(tombstones.c.at, tombstones.c.provider, tombstones.c.external_id)
        found = self._database.read(lambda database: database.execute(statement).mappings().all())
        return tuple(
            Tombstone(row["athlete_id"], row["provider"], row["external_id"], encode.moment(row["at"]),
                      tuple(json.loads(row["workout_ids"])))
            for row in found
        )  # fmt: skip


def stay_hidden(database: Connection, athlete_id: str, ids: Sequence[str]) -> None:
    """Workouts that took the place of hidden ones are hidden, too: an import does not bring back what was deleted."""
    if not ids:
        return
    statement = select(tombstones.c.workout_ids).where(tombstones.c.athlete_id == athlete_id)
    hidden = {each for text in database.execute(statement).scalars() for each in json.loads(text)}
    _flag(database, athlete_id, sorted(hidden & set(ids)), add=True)


def _of(table: Any, athlete_id: str, provider: str, external_id: str) -> ColumnElement[bool]:
    return and_(table.c.athlete_id == athlete_id, table.c.provider == provider, table.c.external_id == external_id)


def _date(database: Connection, tombstone: Tombstone, at: int | None) -> None:
    of = (tombstone.athlete_id, tombstone.provider, tombstone.external_id)
    database.execute(update(payloads).where(_of(payloads, *of)).values(deleted_at=at))
    database.execute(delete(awaited).where(_of(awaited, *of)))


def _flag(database: Connection, athlete_id: str, ids: Sequence[str], *, add: bool) -> None:
    mine = and_(workouts.c.athlete_id == athlete_id, workouts.c.id.in_(list(ids)))
    for workout_id, flags in database.execute(select(workouts.c.id, workouts.c.flags).where(mine)).all():
        names = set((flags or "").split()) - {FLAG}
        kept = sorted(names, key=len)
        while add and len(" ".join([*kept, FLAG])) > COLUMNS["flags"].size:
            kept.pop()  # the whole workout is out of every figure: no other rule can change more
        said = " ".join(sorted([*kept, FLAG] if add else kept))
        database.execute(
            update(workouts).where(workouts.c.athlete_id == athlete_id, workouts.c.id == workout_id).values(flags=said)
        )
