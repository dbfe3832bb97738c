"""Connected accounts in SQL: connections, and what was fetched from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from fitintel.core import connections as core
from fitintel.core.connections import ConnectionState
from fitintel.core.errors import NotFound
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold, touch
from fitintel.storage.sql_forget import remove_workouts
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import imports
from fitintel.storage.tables_connections import awaited, connections, payloads, tombstones

_SHOWN = [column for column in connections.columns if column.name != "lease_until"]


class SqlConnections:
    """The connected accounts' part of SqlStore."""

    _database: Database

    def put_connection(self, connection: core.Connection) -> None:
        """Insert or replace a connection; raises NotFound for an unknown athlete."""
        row = {**_connection_row(connection), "lease_until": None}

        def work(database: Connection) -> None:
            hold(database, connection.athlete_id)
            database.execute(delete(connections).where(_of(connections, connection.athlete_id, connection.provider)))
            add_missing_records(database, connections, [row])

        self._database.write(work)

    def connections(self, athlete_id: str | None = None, provider: str | None = None) -> tuple[core.Connection, ...]:
        """Connections, by athlete and provider."""
        statement = select(*_SHOWN).order_by(connections.c.athlete_id, connections.c.provider)
        if athlete_id is not None:
            statement = statement.where(connections.c.athlete_id == athlete_id)
        if provider is not None:
            statement = statement.where(connections.c.provider == provider)
        found = self._database.read(lambda database: database.execute(statement).mappings().all())
        return tuple(map(_connection, found))

    def lease_tokens(self, athlete_id: str, provider: str, generation: int, now: float, until: float) -> bool:
        """Whether this caller alone may renew the tokens of that generation, until a time [s since 1970]."""
        free = or_(connections.c.lease_until.is_(None), connections.c.lease_until < now)
        statement = (
            update(connections)
            .where(_of(connections, athlete_id, provider), connections.c.generation == generation, free)
            .values(lease_until=until)
        )
        return self._database.write(lambda database: database.execute(statement).rowcount) == 1

    def put_tokens(
        self, athlete_id: str, provider: str, sealed: bytes, expires_at: float | None, *, generation: int
    ) -> bool:
        """Replace the tokens of `generation`; those that someone stored meanwhile only if these expire later."""
        mine = connections.c.generation == generation
        statement = (
            update(connections)
            .where(_of(connections, athlete_id, provider), connections.c.state == ConnectionState.ACTIVE.value)
            .where(mine if expires_at is None else or_(mine, connections.c.expires_at < expires_at))
            .values(sealed=sealed, expires_at=expires_at, generation=connections.c.generation + 1, lease_until=None)
        )
        return self._database.write(lambda database: database.execute(statement).rowcount) == 1

    def note_sync(
        self, athlete_id: str, provider: str, *, error: str = "", at: datetime | None = None,
        retry_at: datetime | None = None, cursor: float | None = None, state: ConnectionState | None = None,
    ) -> None:  # fmt: skip
        """How the last sync went. `cursor` only ever grows; state LOST also forgets the tokens."""
        changes: dict[str, Any] = {
            "last_error": error,
            "retry_at": None if retry_at is None else encode.micros(retry_at),
        }
        if at is not None:
            changes["last_sync"] = encode.micros(at)
        if state is not None:
            changes["state"] = state.value
        if state is ConnectionState.LOST:
            changes |= {"sealed": b"", "expires_at": None, "generation": connections.c.generation + 1}
        where = _of(connections, athlete_id, provider)

        def work(database: Connection) -> None:
            database.execute(update(connections).where(where).values(**changes))
            _advance(database, where, cursor)

        self._database.write(work)

    def remove_connection(self, athlete_id: str, provider: str) -> None:
        """Forget a connection and its tokens; what was fetched stays. Raises NotFound when there is none."""

        def work(database: Connection) -> None:
            database.execute(delete(awaited).where(_of(awaited, athlete_id, provider)))
            if database.execute(delete(connections).where(_of(connections, athlete_id, provider))).rowcount != 1:
                raise NotFound(f"{athlete_id} has no connection to {provider}", next="see: fitintel connections")

        self._database.write(work)

    def put_payload(self, payload: core.Payload, *, cursor: float | None = None) -> None:
        """Keep what was fetched; earlier versions of it become superseded. With it, in one transaction, the cursor
        advances and webhooks about it are done with.
        """  # fmt: skip
        row = _payload_row(payload)
        same = and_(
            _of(payloads, payload.athlete_id, payload.provider),
            payloads.c.kind == payload.kind,
            payloads.c.external_id == payload.external_id,
        )

        def work(database: Connection) -> None:
            hold(database, payload.athlete_id)
            database.execute(update(payloads).where(same).values(superseded=True))
            database.execute(delete(payloads).where(same, payloads.c.sha256 == payload.sha256))
            add_missing_records(database, payloads, [row])
            _done(database, payload.athlete_id, payload.provider, [payload.external_id])
            _advance(database, _of(connections, payload.athlete_id, payload.provider), cursor)

        self._database.write(work)

    def payloads(
        self, athlete_id: str, provider: str, *, kind: str | None = None, external_id: str | None = None,
        superseded: bool = False,
    ) -> tuple[core.Payload, ...]:  # fmt: skip
        """What was fetched, by start and id; superseded versions only when asked for."""
        statement = select(payloads).where(_of(payloads, athlete_id, provider))
        if kind is not None:
            statement = statement.where(payloads.c.kind == kind)
        if external_id is not None:
            statement = statement.where(payloads.c.external_id == external_id)
        if not superseded:
            statement = statement.where(payloads.c.superseded.is_(False))
        statement = statement.order_by(payloads.c.start, payloads.c.external_id, payloads.c.fetched_at)
        found = self._database.read(lambda database: database.execute(statement).mappings().all())
        return tuple(map(_payload, found))

    def forget_payloads(self, athlete_id: str, provider: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove all that was fetched: payloads, tombstones, and the workouts made of them, with their recordings.

        The number of workouts, and kind -> digests of the files that nothing names any more. A file that the athlete
        has imported as well is the athlete's own: it stays, with its workout.
        """

        def work(database: Connection) -> tuple[int, dict[str, tuple[str, ...]]]:
            touch(database, athlete_id)
            mine = _of(payloads, athlete_id, provider)
            wanted = select(payloads.c.sha256, payloads.c.name, payloads.c.workout_ids)
            rows = database.execute(wanted.where(mine)).all()
            named = {(row.sha256, row.name) for row in rows}
            for table in (payloads, tombstones, awaited):
                database.execute(delete(table).where(_of(table, athlete_id, provider)))
            own = _own_files(database, named)
            ids = sorted({each for row in rows if row.sha256 not in own for each in json.loads(row.workout_ids)})
            removed, samples = remove_workouts(database, athlete_id, ids)
            return removed, {"raw": tuple(sorted({row.sha256 for row in rows} - own)), "streams": samples}

        return self._database.write(work)

    def put_awaited(self, items: Sequence[core.Awaited]) -> None:
        """Note what webhooks said has changed; the same thing twice is noted once."""
        rows = [
            {"athlete_id": item.athlete_id, "provider": item.provider, "external_id": item.external_id,
             "received_at": encode.micros(item.received_at)}
            for item in items
        ]  # fmt: skip
        if rows:
            self._database.write(lambda database: add_missing_records(database, awaited, rows))

    def awaited(self, athlete_id: str, provider: str) -> tuple[str, ...]:
        """External ids that webhooks named and no sync has looked at yet, oldest first."""
        statement = select(awaited.c.external_id).where(_of(awaited, athlete_id, provider))
        statement = statement.order_by(awaited.c.received_at, awaited.c.external_id)
        return self._database.read(lambda database: tuple(database.execute(statement).scalars()))

    def settle_awaited(self, athlete_id: str, provider: str, external_ids: Collection[str]) -> None:
        """These were looked at."""
        self._database.write(lambda database: _done(database, athlete_id, provider, external_ids))


def _own_files(database: Connection, named: set[tuple[str, str]]) -> set[str]:
    digests = sorted({sha256 for sha256, _ in named})
    found = database.execute(select(imports.c.sha256, imports.c.file_name).where(imports.c.sha256.in_(digests))).all()
    elsewhere = database.execute(select(payloads.c.sha256).where(payloads.c.sha256.in_(digests))).scalars()
    return {row.sha256 for row in found if (row.sha256, row.file_name) not in named} | set(elsewhere)


def _of(table: Any, athlete_id: str, provider: str) -> ColumnElement[bool]:
    return and_(table.c.athlete_id == athlete_id, table.c.provider == provider)


def _advance(database: Connection, where: ColumnElement[bool], cursor: float | None) -> None:
    if cursor is not None:
        behind = or_(connections.c.cursor.is_(None), connections.c.cursor < cursor)
        database.execute(update(connections).where(where, behind).values(cursor=cursor))


def _done(database: Connection, athlete_id: str, provider: str, external_ids: Collection[str]) -> None:
    database.execute(
        delete(awaited).where(_of(awaited, athlete_id, provider), awaited.c.external_id.in_(list(external_ids)))
    )


def _when(value: int | None) -> datetime | None:
    return None if value is None else encode.moment(value)


def _micros(value: datetime | None) -> int | None:
    return None if value is None else encode.micros(value)


def _connection(row: Mapping[Any, Any]) -> core.Connection:
    return core.Connection(
        **{**row, "state": ConnectionState(row["state"]), "scopes": tuple(json.loads(row["scopes"])),
           "last_sync": _when(row["last_sync"]), "retry_at": _when(row["retry_at"])}
    )  # fmt: skip


def _connection_row(connection: core.Connection) -> dict[str, Any]:
    row = {name: getattr(connection, name) for name in core.Connection.__dataclass_fields__}
    return {**row, "state": connection.state.value, "scopes": json.dumps(connection.scopes),
            "last_sync": _micros(connection.last_sync), "retry_at": _micros(connection.retry_at)}  # fmt: skip


def _payload(row: Mapping[Any, Any]) -> core.Payload:
    return core.Payload(
        **{**row, "fetched_at": encode.moment(row["fetched_at"]), "workout_ids": tuple(json.loads(row["workout_ids"])),
           "superseded": bool(row["superseded"]), "deleted_at": _when(row["deleted_at"])}
    )  # fmt: skip


def _payload_row(payload: core.Payload) -> dict[str, Any]:
    row = {name: getattr(payload, name) for name in core.Payload.__dataclass_fields__}
    return {**row, "fetched_at": encode.micros(payload.fetched_at), "workout_ids": json.dumps(payload.workout_ids),
            "deleted_at": _micros(payload.deleted_at)}  # fmt: skip
