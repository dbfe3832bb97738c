"""Connections and transactions: what differs between databases, and what is done when one fails, in one place."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import StaticPool

from fitintel.core.errors import FitintelError, ServiceMissing, StorageError, StorageUnavailable, UsageError
from fitintel.storage import cipher
from fitintel.storage.statements_traced import trace_statements

T = TypeVar("T")

SQLCIPHER = "sqlite+sqlcipher"
"""SQLite whose file is encrypted; the key stands in a file that `?key_file=` names"""
DRIVERS = {"sqlite": "sqlite", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
"""database -> SQLAlchemy driver"""

SQLITE_PRAGMAS = (
    "busy_timeout = 30000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",  # 64 MB: a large import keeps its indexes in memory
)

ATTEMPTS = 5
PAUSE = 0.05  # s; doubled after each attempt

RETRIED = {
    1020,  # MariaDB: the row changed since it was read in this transaction
    1205,  # waited too long for a lock
    1213,  # chosen as the victim of a deadlock: two imports locked the same rows in another order
    2006,  # the server closed an idle connection
    1053,  # the server shuts down
    1927,  # the connection was killed
    2013,  # the connection was lost in the middle; every write is idempotent, so even a lost COMMIT may be repeated
}
"""MySQL and MariaDB error codes after which the whole transaction is tried again."""
LOST = {1053, 1927, 2006, 2013}
"""a connection that worked is gone: the server shuts down, was restarted, or the network is"""
UNREACHABLE = {2002, 2003}
RESTART = 20.0
"""s for which a server that was there is waited for: one that is restarted is back within seconds"""


class Database:
    """An engine, and transactions that are retried as a whole."""

    def __init__(self, database_url: str) -> None:
        self.url = parse(database_url)
        self.in_memory = self.url.get_backend_name() == "sqlite" and self.url.database in (None, "", ":memory:")
        self.engine = _engine(self.url, self.in_memory)
        # all threads share the one connection of an in-memory database, so they take turns
        self._turn = threading.RLock() if self.in_memory else None

    @property
    def name(self) -> str:
        """The address without its password, for messages."""
        return self.url.render_as_string(hide_password=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """`work` in a read transaction."""
        return self._transaction(work, write=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """`work` in a transaction that is committed when it returns; it may be called several times."""
        return self._transaction(work, write=True)

    def close(self) -> None:
        """Release all connections."""
        self.engine.dispose()

    def compact(self, tables: Sequence[str]) -> None:
        """Write the database anew without what was removed: SQLite wholly, with its log emptied; else these tables.

        Raises StorageUnavailable while others hold the file, or read an older state of it.
        """
        if self.in_memory:
            return
        try:
            with self.engine.connect() as connection:
                raw = connection.connection.cursor()
                if connection.dialect.name != "sqlite":
                    for name in tables:
                        raw.execute(f"OPTIMIZE TABLE `{name}`")
                        raw.fetchall()
                    return
                raw.execute("VACUUM")
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except DBAPIError as error:
            raise self.failure(error) from error
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise self._held(str(error)) from error
        if busy:
            raise self._held("another process reads an older state of it")

    def _held(self, why: str) -> StorageUnavailable:
        return StorageUnavailable("What was removed is still in the database's files", where=self.name, why=why,
                                  next="close what uses the database, then: fitintel erase --resume")  # fmt: skip

    def _transaction(self, work: Callable[[Connection], T], *, write: bool) -> T:
        pause, attempt = PAUSE, 0
        lost: float | None = None
        while True:
            try:
                if self._turn is None:
                    return self._once(work, write)
                with self._turn:
                    return self._once(work, write)
            except DBAPIError as error:
                gone = error.connection_invalidated or _code(error) in LOST
                if gone and lost is None:
                    lost = time.monotonic()
                waiting = (
                    lost is not None and time.monotonic() - lost < RESTART and (gone or _code(error) in UNREACHABLE)
                )
                attempt += not waiting
                if not waiting and (attempt == ATTEMPTS or not _worth_retrying(error)):
                    raise self.failure(error, lost=lost is not None) from error
            except NoneFree as error:
                # a database that hangs holds those who wait for it, and they the connections
                raise StorageUnavailable(
                    "Every connection to the database is in use; nothing was changed", where=self.name,
                    why="those that are open wait for it, or too much is asked at once", next="ask again in a moment",
                ) from error  # fmt: skip
            time.sleep(pause)
            pause = min(2 * pause, 0.8)

    def _once(self, work: Callable[[Connection], T], write: bool) -> T:
        with self.engine.connect() as connection:
            connection = connection.execution_options(fitintel_write=write)
            with connection.begin():
                return work(connection)

    def failure(self, error: DBAPIError, *, lost: bool = False) -> FitintelError:
        """The error that a person reads for one of the driver's; `lost`: a connection that worked is gone."""
        why = " ".join(str(error.orig).split())[:300]
        if lost:
            return StorageUnavailable(
                "The connection to the database was lost; what was being written is there whole or not at all",
                where=self.name, why=why,
                next="start the database again and repeat what you did: what is there already is not doubled",
            )  # fmt: skip
        if isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated:
            return StorageUnavailable(
                "The database cannot be used; nothing was changed", where=self.name, why=why,
                next="check that it runs, that the address and password are right, and that there is room on the disk",
            )  # fmt: skip
        return StorageError(
            "The database refused; nothing was changed", where=self.name, why=why,
            next="check that it is a database of fitintel; if it is, report this message",
        )  # fmt: skip


def parse(database_url: str) -> URL:
    """The URL with the driver that fitintel uses; raises UsageError for another kind of database."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise UsageError(
            "The database address is not a URL", why=f"it must begin with one of: {', '.join(DRIVERS)}",
            next="write for example sqlite:////home/me/fitintel.db or mysql://user:password@host/database",
        ) from error  # fmt: skip
    backend = url.get_backend_name()
    if backend not in DRIVERS:
        raise UsageError(f"The database {backend!r} is not supported", why=f"known: {', '.join(DRIVERS)}")
    if backend != "sqlite" and not url.database:
        raise UsageError("The database address names no database", where=url.render_as_string(hide_password=True))
    if url.drivername == SQLCIPHER:
        if not url.query.get("key_file"):
            raise UsageError("The address of an encrypted database names no key", where=url.render_as_string(),
                             next="sqlite+sqlcipher:////folder/fitintel.db?key_file=/folder/database.key")  # fmt: skip
        return url
    return url.set(drivername=DRIVERS[backend])


def key_file(url: URL) -> Path | None:
    """Where the key of an encrypted database stands; None for another one.

    >>> key_file(make_url("sqlite+sqlcipher:////a.db?key_file=/a.key")), key_file(make_url("sqlite:////a.db"))
    (PosixPath('/a.key'), None)
    """
    return Path(str(url.query["key_file"])) if url.drivername == SQLCIPHER else None


def sqlite_engine(url: URL, **arguments: Any) -> Engine:
    """An engine on SQLite's file, encrypted or not, as the driver has it."""
    key = key_file(url)
    if key is None:
        return create_engine(url, **arguments)
    module, unlock = cipher.opened_by(key)
    engine = create_engine(url.set(drivername="sqlite", query={}), module=module, **arguments)
    event.listen(engine, "connect", unlock)
    return engine


def _engine(url: URL, in_memory: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        if not in_memory:
            _make_folder(url)
        engine = sqlite_engine(url, connect_args={"timeout": 30, "check_same_thread": False},
                               **({"poolclass": StaticPool} if in_memory else {}))  # fmt: skip
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        try:
            # strict mode: a value that does not fit is an error, never a silently shortened text;
            # read committed: fewer gap locks, hence fewer deadlocks between imports of different athletes
            engine = create_engine(
                url.update_query_dict({"charset": "utf8mb4"}),
                isolation_level="READ COMMITTED",
                connect_args={"connect_timeout": 10, "init_command": "SET SESSION sql_mode = 'TRADITIONAL'"},
            )
        except ModuleNotFoundError as error:
            raise ServiceMissing(
                "The driver for MySQL and MariaDB is not installed", next="pip install 'fitintel[mysql]'"
            ) from error
    trace_statements(engine)
    if not in_memory:
        _engines.add(engine)
    return engine


def _make_folder(url: URL) -> None:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            "The folder of the database cannot be made", where=str(folder), why=str(error.strerror),
            next="choose a folder that can be written to with FITINTEL_HOME",
        ) from error  # fmt: skip


def _open_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own: `_begin_sqlite` does
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # a writer takes the lock at once: one that first reads and then writes would fail when another wrote in between
    write = connection.get_execution_options().get("fitintel_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _worth_retrying(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    return _code(error) in RETRIED


def _code(error: DBAPIError) -> Any:
    return next(iter(error.orig.args), None) if error.orig is not None else None


_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_inherited: list[Any] = []


def _leave_parents_connections() -> None:
    # a forked child must neither use nor close what its parent has open: both would speak on one socket
    for engine in _engines:
        _inherited.append(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_parents_connections)
