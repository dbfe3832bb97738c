"""remove(): what a migration added is dropped again where nothing is lost, as every way down does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from fitintel.core.errors import SchemaMismatch

MAY_LOSE = "may_lose"
"""key of the configuration: names of the tables whose rows somebody gives up"""


def remove(*tables: str, columns: Mapping[str, Mapping[str, object]] | None = None) -> None:
    """Drop `tables`, then `columns` (table -> column -> what it holds where nobody said anything).

    Raises SchemaMismatch before anything is dropped where rows, or what somebody said in a column, would be lost.
    """
    added = columns or {}
    # MySQL commits each table on its own: after an interruption this runs again over those that are left
    there = sa.inspect(op.get_bind())
    left = [name for name in tables if there.has_table(name)]
    for name in left:
        _none(name, sa.select(sa.func.count()).select_from(sa.table(name)))
    for name, unsaid in added.items():
        held = {one["name"] for one in there.get_columns(name)}
        said = [sa.column(one).is_distinct_from(value) for one, value in unsaid.items() if one in held]
        _none(name, sa.select(sa.func.count()).select_from(sa.table(name)).where(sa.or_(sa.false(), *said)))
    for name in left:
        op.drop_table(name)
    for name, unsaid in added.items():
        held = {one["name"] for one in there.get_columns(name)}
        for column in unsaid:
            if column in held:
                op.drop_column(name, column)


def _none(table: str, count: sa.Select[Any]) -> None:
    rows = op.get_bind().execute(count).scalar_one()
    if rows and table not in context.config.attributes.get(MAY_LOSE, ()):
        revision = op.get_context().get_current_revision()
        raise SchemaMismatch(
            "An older schema has no place for what the database holds", where=f"table {table}",
            why=f"going down from {revision} would lose {rows} rows",
            next="restore a backup that was made with the older version (fitintel restore), or export them first",
        )  # fmt: skip
