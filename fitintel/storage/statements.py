"""Insert-if-absent, the one statement that every idempotent write is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

ROWS_PER_STATEMENT = 2000
"""Bounds the memory of a large import and the size of one packet to the server."""
VALUES_PER_STATEMENT = 3000
"""Values that one statement of SQLite is given: it takes 32,766, but gains nothing beyond some hundred rows."""


def add_missing(connection: Connection, table: Table, columns: Sequence[Sequence[Any]]) -> None:
    """Insert the rows of `columns` (in the order of the table's); a row whose key exists is left as it is.

    The values go to the driver as they are, some rows at a time: wrapping 277,000 rows in dictionaries would take
    longer than storing them.
    """
    names = [column.name for column in table.columns]
    add_missing_parts(connection, table, names, len(columns[0]), lambda rows: [column[rows] for column in columns])


def add_missing_parts(
    connection: Connection, table: Table, names: Sequence[str], count: int,
    part: Callable[[slice], Sequence[Sequence[Any]]],
) -> None:  # fmt: skip
    """The same for `count` rows of the columns `names`, which `part` gives some rows at a time; others are missing."""
    statement = _insert(connection, table, names)
    # SQLite begins anew with each row of executemany: many rows in one statement take half the time. PyMySQL makes one
    # statement of them by itself
    together = VALUES_PER_STATEMENT // len(names) if connection.dialect.name == "sqlite" else 0
    many = _insert(connection, table, names, together) if count >= together > 1 else ""
    for start in range(0, count, ROWS_PER_STATEMENT):
        rows = list(zip(*part(slice(start, start + ROWS_PER_STATEMENT)), strict=True))
        done = 0
        while many and done + together <= len(rows):
            connection.exec_driver_sql(many, tuple(chain.from_iterable(rows[done : done + together])))
            done += together
        if done < len(rows):
            connection.exec_driver_sql(statement, rows[done:])


def add_missing_records(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows given as dictionaries."""
    add_missing(connection, table, [[row[column.name] for row in rows] for column in table.columns])


def _insert(connection: Connection, table: Table, names: Sequence[str], rows: int = 1) -> str:
    dialect = connection.dialect
    quote = dialect.identifier_preparer
    columns = ", ".join(quote.format_column(table.c[name]) for name in names)
    marks = f"({', '.join(['?' if dialect.paramstyle == 'qmark' else '%s'] * len(names))})"
    statement = f"INSERT INTO {quote.format_table(table)} ({columns}) VALUES {', '.join([marks] * rows)}"
    if dialect.name == "sqlite":
        return f"{statement} ON CONFLICT DO NOTHING"  # of a unique key only: OR IGNORE would hide missing values too
    # INSERT IGNORE would turn every error into a warning; setting a key column to itself touches nothing else
    key = quote.format_column(next(iter(table.primary_key.columns)))
    return f"{statement} ON DUPLICATE KEY UPDATE {key} = {key}"
