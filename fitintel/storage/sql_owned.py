"""All that tables hold of one athlete, as plain rows: for the athlete to read. A new table is in it by itself."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from fitintel.storage.engine import Database
from fitintel.storage.tables import metadata, runs
from fitintel.storage.tables_accounts import accounts, run_owners

SECRET = frozenset({"sealed", "password", "totp", "totp_pending", "totp_step", "digest", "asked", "headers", "body"})
"""columns that open something, or repeat what an answer said"""
PART = 500
"""ids in one statement"""


class SqlOwned:
    """The part of SqlStore that gives an athlete what it has of them."""

    _database: Database

    def rows_of(
        self, athlete_id: str, *, but: frozenset[str] = frozenset(), only: frozenset[str] | None = None
    ) -> dict[str, tuple[dict[str, Any], ...]]:  # fmt: skip
        """Table -> the athlete's rows in the order of their keys, of `only` these tables, or all `but` these.

        Times are whole microseconds since 1970-01-01 UTC. Columns of secrets and of bytes are left out.
        """

        def work(connection: Connection) -> dict[str, tuple[dict[str, Any], ...]]:
            account_id = connection.execute(select(accounts.c.id).where(accounts.c.athlete_id == athlete_id)).scalar()
            found = {}
            for table in metadata.sorted_tables:
                wanted = table.name not in but and (only is None or table.name in only)
                if wanted and (rows := _rows(connection, table, athlete_id, account_id)):
                    found[table.name] = tuple(rows)
            return found

        return self._database.read(work)


def _rows(connection: Connection, table: Table, athlete_id: str, account_id: str | None) -> list[dict[str, Any]]:
    if table is runs:
        return _own_runs(connection, athlete_id)
    own = [table.c[name] == athlete_id for name in ("athlete_id", "who") if name in table.c]
    if account_id is not None and "account_id" in table.c:
        own.append(table.c.account_id == account_id)
    if not own:
        return []
    statement = select(*_shown(table)).where(or_(*own)).order_by(*table.primary_key.columns)
    return [_plain(row) for row in connection.execute(statement).mappings()]


def _own_runs(connection: Connection, athlete_id: str) -> list[dict[str, Any]]:
    mine = select(run_owners.c.run_id).where(run_owners.c.athlete_id == athlete_id)
    ids = sorted(connection.execute(mine).scalars())
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), PART):
        statement = select(runs).where(runs.c.id.in_(ids[start : start + PART])).order_by(runs.c.id)
        found += [_plain(row) for row in connection.execute(statement).mappings()]
    return found


def _shown(table: Table) -> list[Any]:
    return [column for column in table.columns
            if column.name not in SECRET and column.type.python_type is not bytes]  # fmt: skip


def _plain(row: Any) -> dict[str, Any]:
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    """JSON that stands in a text is given as what it says."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
