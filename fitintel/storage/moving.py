"""All rows of one database into another of any kind: from SQLite to MySQL or MariaDB, or back."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from fitintel.core.errors import StorageError, UsageError
from fitintel.storage.digests import digest_of
from fitintel.storage.engine import Database
from fitintel.storage.migrate import prepare
from fitintel.storage.tables import metadata

AT_ONCE = 1000
"""rows in one statement"""
OWN = {"identity"}
"""tables that say which database this is: the other one has its own"""


def move(source_url: str, target_url: str) -> dict[str, int]:
    """Copy all rows in one transaction, compare every table, and only then keep them; rows by table.

    The source is read as it is at one moment, and stays. Raises UsageError where the target holds rows already,
    StorageError where a table did not arrive as it was, StorageUnavailable where either cannot be reached.
    """
    source, target = Database(source_url), Database(target_url)
    try:
        prepare(source)
        prepare(target)
        return source.read(lambda read: target.write(lambda write: _copied(read, write, target.name)))
    finally:
        source.close()
        target.close()


def tables() -> list[Table]:
    """Tables in the order in which their rows may be written."""
    return [table for table in metadata.sorted_tables if table.name not in OWN]


def _copied(read: Connection, write: Connection, name: str) -> dict[str, int]:
    held = [table.name for table in tables() if write.execute(select(func.count()).select_from(table)).scalar_one()]
    if held:
        raise UsageError("The database that is moved to is not empty", where=name, why=f"it has {', '.join(held)}",
                         next="make an empty database and name that")  # fmt: skip
    moved = {}
    for table in tables():
        for part in read.execute(select(table)).mappings().partitions(AT_ONCE):
            write.execute(table.insert(), [dict(row) for row in part])
        rows, digest = digest_of(read, table)
        if (rows, digest) != digest_of(write, table):
            raise StorageError("A table did not arrive as it was; nothing was kept", where=f"{table.name} in {name}",
                               next="see that the database keeps UTF-8 with four bytes and doubles")  # fmt: skip
        moved[table.name] = rows
    return moved
