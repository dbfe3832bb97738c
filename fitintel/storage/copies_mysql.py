"""MySQL and MariaDB as a file of statements: written in one transaction, read back and compared."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from fitintel.core.errors import ServiceMissing, StorageError, StorageUnavailable

DUMP = ("mariadb-dump", "mysqldump")
CLIENT = ("mariadb", "mysql")
OPTIONS = ("--single-transaction", "--quick", "--order-by-primary", "--hex-blob", "--skip-comments",
           "--no-tablespaces", "--default-character-set=utf8mb4")  # fmt: skip
"""Rows in the order of their keys and no dates: two dumps of equal data are equal bytes."""


def dump(url: URL, place: Path) -> Path:
    """Write the database as it is at one moment; raises StorageUnavailable, ServiceMissing."""
    with _asked_with(url) as asked, place.open("wb") as out:
        place.chmod(0o600)
        _run([_program(DUMP), asked, *OPTIONS, str(url.database)], url, stdout=out)
    return place


def load(copy: Path, url: URL) -> None:
    """Replace every table by those of the copy; raises StorageError where a dump of the result is not the copy."""
    _empty(url)
    with _asked_with(url) as asked, copy.open("rb") as source:
        _run([_program(CLIENT), asked, "--default-character-set=utf8mb4", str(url.database)], url, stdin=source)
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        again = dump(url, Path(folder) / copy.name)
        if not filecmp.cmp(copy, again, shallow=False):
            raise StorageError("The restored database is not the one of the backup", where=_shown(url),
                               why="a dump of it has other bytes",
                               next="see that nothing else writes to it, and restore again")  # fmt: skip


def _empty(url: URL) -> None:
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})
    try:
        with engine.begin() as database:
            names = inspect(database).get_table_names()
            database.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for name in names:
                database.exec_driver_sql(f"DROP TABLE {engine.dialect.identifier_preparer.quote(name)}")
    except DBAPIError as error:
        raise StorageUnavailable("The database cannot be used", where=_shown(url), why=str(error.orig)[:300],
                                 next="see that it runs, and that its user may drop tables") from error  # fmt: skip
    finally:
        engine.dispose()


@contextmanager
def _asked_with(url: URL) -> Iterator[str]:
    """The option that names a file with address and password: a command line can be read by everybody here."""
    said = {"host": url.host, "port": url.port, "user": url.username, "password": url.password,
            "socket": url.query.get("unix_socket"), "ssl-ca": url.query.get("ssl_ca"),
            "protocol": None if url.query.get("unix_socket") else "tcp"}  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="fitintel-") as folder:
        path = Path(folder) / "client.cnf"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            lines = [f"{name} = {_quoted(str(value))}" for name, value in said.items() if value]
            file.write("\n".join(("[client]", *lines, "")))
        yield f"--defaults-file={path}"


def _quoted(value: str) -> str:
    r"""As an option file has it.

    >>> print(_quoted('a"b\\c'))
    "a\"b\\c"
    """
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _program(names: tuple[str, ...]) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise ServiceMissing(f"The program {names[0]} is not installed",
                         next="apt-get install mariadb-client, or the client programs of MySQL")  # fmt: skip


def _run(command: list[str], url: URL, *, stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None) -> None:
    done = subprocess.run(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        why = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise StorageUnavailable(f"{Path(command[0]).name} has failed", where=_shown(url), why=why,
                                 next="see that the database runs and that its user may read every table")  # fmt: skip


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)
