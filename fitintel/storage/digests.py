"""What every table holds, as one hash each: two databases of any kind with equal hashes hold equal rows."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, MetaData, Table, create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from fitintel.core.errors import StorageUnavailable
from fitintel.storage.engine import parse, sqlite_engine

AT_ONCE = 2000


def table_digests(database_url: str) -> dict[str, tuple[int, str]]:
    """Table -> (rows, SHA-256 of them in the order of their keys); also tables that are not ours.

    Raises StorageUnavailable.

    >>> table_digests("sqlite://")
    {}
    """
    url = parse(database_url)
    make = sqlite_engine if url.get_backend_name() == "sqlite" else create_engine
    engine = make(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            found = MetaData()
            found.reflect(connection)
            digests = {}
            for table in found.sorted_tables:
                digests[table.name] = digest_of(connection, table)
            return digests
    except DBAPIError as error:
        raise StorageUnavailable(
            "The database cannot be read", where=url.render_as_string(hide_password=True), why=str(error.orig)[:300],
            next="see that it runs and that the disk is sound",
        ) from error  # fmt: skip
    finally:
        engine.dispose()


def digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    """(rows, SHA-256 of them in the order of their keys) of one table, with values as the table's types give them."""
    order = list(table.primary_key.columns) or list(table.columns)
    rows, digest = 0, hashlib.sha256()
    for part in connection.execute(select(table).order_by(*order)).partitions(AT_ONCE):
        rows += len(part)
        for row in part:
            digest.update(repr(tuple(row)).encode())
    return rows, digest.hexdigest()
