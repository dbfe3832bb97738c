"""Insert-if-absent, the one statement that every idempotent write is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

ROWS_PER_STATEMENT = 2000
"""Bounds the memory of a large import and the size of one packet to the server."""


def add_missing(connection: Connection, table: Table, columns: Sequence[Sequence[Any]]) -> None:
    """Insert the rows of `columns` (in the order of the table's); a row whose key exists is left as it is.

    The values go to the driver as they are, some rows at a time: wrapping 277,000 rows in dictionaries would take
    longer than storing them.
    """
    statement = _insert(connection, table)
    for start in range(0, len(columns[0]), ROWS_PER_STATEMENT):
        part = (column[start : start + ROWS_PER_STATEMENT] for column in columns)
        connection.exec_driver_sql(statement, list(zip(*part, strict=True)))


def add_missing_records(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows given as dictionaries."""
    add_missing(connection, table, [[row[column.name] for row in rows] for column in table.columns])


def _insert(connection: Connection, table: Table) -> str:
    dialect = connection.dialect
    quote = dialect.identifier_preparer
    names = ", ".join(map(quote.format_column, table.columns))
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(table.columns))
    statement = f"INSERT INTO {quote.format_table(table)} ({names}) VALUES ({marks})"
    if dialect.name == "sqlite":
        return f"{statement} ON CONFLICT DO NOTHING"  # of a unique key only: OR IGNORE would hide missing values too
    # INSERT IGNORE would turn every error into a warning; setting a key column to itself touches nothing else
    key = quote.format_column(next(iter(table.primary_key.columns)))
    return f"{statement} ON DUPLICATE KEY UPDATE {key} = {key}"
