"""The schedule in SQL: whose morning it is, decided in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, or_, select, update

from fitintel.core.errors import NotFound
from fitintel.core.mornings import ATTEMPTS, RETRY, STALE, Morning, Turn
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import athletes
from fitintel.storage.tables_mornings import mornings as table


class SqlMornings:
    """The part of SqlStore that keeps the schedule."""

    _database: Database

    def turns(self) -> dict[str, Turn]:
        """Athlete id -> their newest morning."""
        found = self._database.read(lambda connection: connection.execute(select(table)).mappings().all())
        return {row["athlete_id"]: _turn(row) for row in found}

    def take_turns(self, wanted: Sequence[tuple[str, int]], by: str, now: datetime) -> tuple[Turn, ...]:
        """Take mornings for one look of a scheduler."""
        if not wanted:
            return ()
        at = encode.micros(now)
        new = [Turn(athlete_id, day, Morning.TAKEN, by, now) for athlete_id, day in wanted]
        mine = select(table).where(table.c.by == by).order_by(table.c.athlete_id)

        def work(connection: Connection) -> tuple[Turn, ...]:
            known = set(connection.execute(select(athletes.c.id)).scalars())
            for one in new:
                if one.athlete_id not in known:
                    raise NotFound(f"There is no athlete {one.athlete_id!r}")
            add_missing_records(connection, table, [_row(one) for one in new])
            values = {"state": Morning.TAKEN.value, "by": by, "at": at}
            connection.execute(_take(now, values), [{"who": one.athlete_id, "which": one.day} for one in new])
            return tuple(_turn(row) for row in connection.execute(mine).mappings())

        return self._database.write(work)

    def settle_turns(self, taken: Sequence[Turn], state: Morning, now: datetime) -> None:
        """Write down how mornings ended."""
        if not taken:
            return
        own = (
            table.c.athlete_id == bindparam("who"),
            table.c.by == bindparam("whose"),
            table.c.day == bindparam("which"),
        )
        change = update(table).where(*own).values(state=state.value, at=encode.micros(now))
        rows = [{"who": one.athlete_id, "whose": one.by, "which": one.day} for one in taken]
        self._database.write(lambda connection: connection.execute(change, rows))


def _take(now: datetime, values: Mapping[str, Any]) -> Any:
    day: ColumnElement[Any] = bindparam("which")
    again = or_(_left(Morning.FAILED, now - RETRY), _left(Morning.TAKEN, now - STALE))
    free = or_(table.c.day < day, and_(table.c.day == day, table.c.attempts < ATTEMPTS, again))
    attempts = case((table.c.day == day, table.c.attempts + 1), else_=1)
    return update(table).where(table.c.athlete_id == bindparam("who"), free).values(
        {"attempts": attempts, "day": day, **values}
    )  # fmt: skip


def _left(state: Morning, since: datetime) -> ColumnElement[bool]:
    return and_(table.c.state == state.value, table.c.at <= encode.micros(since))


def _row(turn: Turn) -> dict[str, Any]:
    row = {name: getattr(turn, name) for name in Turn.__dataclass_fields__}
    return {**row, "state": turn.state.value, "at": encode.micros(turn.at)}


def _turn(row: Mapping[Any, Any]) -> Turn:
    return Turn(**{**encode.named(row), "state": Morning(row["state"]), "at": encode.moment(row["at"])})
