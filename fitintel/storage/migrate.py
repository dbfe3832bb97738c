"""Brings a database to the schema of this version: creates, upgrades under a lock, or refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from fitintel.core.errors import SchemaMismatch, StorageUnavailable
from fitintel.storage.engine import Database
from fitintel.storage.tables import metadata

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0020"
"""The newest file in `migrations/versions`; kept here so that Alembic is imported only when there is work for it."""
VERSION_TABLE = "fitintel_version"
"""Not Alembic's own name: MLflow may live in the same database."""
LOCK_SECONDS = 120


def prepare(database: Database) -> str:
    """Create or upgrade the schema where needed; the database's identity. Raises SchemaMismatch for a newer one."""
    try:
        with database.engine.connect() as connection:
            if _version(connection) != HEAD:
                connection.rollback()
                with _alone(connection, database):
                    # another process may have done it while this one waited
                    if _version(connection) != HEAD:
                        _upgrade(connection, database)
            return str(connection.execute(text("SELECT min(id) FROM identity")).scalar_one())
    except DBAPIError as error:
        raise database.failure(error) from error


def config(connection: Connection | None = None) -> Any:
    """Alembic's configuration for this package's migrations, on an open connection."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _version(connection: Connection) -> str | None:
    """Version of the schema; None where there is none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _upgrade(connection: Connection, database: Database) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    version = _version(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if version is not None and version not in known:
        raise SchemaMismatch(
            "The database was written by a newer version of fitintel", where=database.name,
            why=f"its schema is {version}, this version knows up to {HEAD}",
            next="install the newer version, or choose another database with FITINTEL_DATABASE_URL",
        )  # fmt: skip
    tables = set(inspect(connection).get_table_names())
    foreign = sorted(tables & set(metadata.tables))
    # a version table without a row is our own first migration, interrupted: it is simply run again
    if version is None and VERSION_TABLE not in tables and foreign:
        raise SchemaMismatch(
            "The database holds tables of another program", where=database.name, why=f"found {', '.join(foreign)}",
            next="choose an empty database with FITINTEL_DATABASE_URL",
        )  # fmt: skip
    command.upgrade(config(connection), "head")


@contextmanager
def _alone(connection: Connection, database: Database) -> Iterator[None]:
    """No other process migrates this database meanwhile; commits at the end."""
    if connection.dialect.name == "sqlite":
        # SQLite's schema changes are transactional: the write lock is the migration lock
        connection = connection.execution_options(fitintel_write=True)
        with connection.begin():
            yield
        return
    name = "fitintel-" + hashlib.sha256(str(database.url.database).encode()).hexdigest()[:40]
    got = connection.execute(text("SELECT GET_LOCK(:name, :seconds)"), {"name": name, "seconds": LOCK_SECONDS}).scalar()
    if got != 1:
        raise StorageUnavailable(
            "Another process is migrating the database", where=database.name, next="wait for it and try again"
        )
    try:
        yield
        connection.commit()
    finally:
        connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})
        connection.commit()
