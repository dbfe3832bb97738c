"""A database as one file, taken while others write to it, and put back.

SQLite: the database as it was at one moment, by its backup API; the copy of an encrypted one is encrypted with the same
key. MySQL and MariaDB: the dump of one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from fitintel.core.errors import StorageError, StorageUnavailable
from fitintel.storage import cipher
from fitintel.storage.engine import key_file, parse

BESIDE = ("-wal", "-shm", "-journal")
"""files that SQLite keeps beside a database"""
ENDINGS = {"sqlite": ".sqlite", "sqlite+sqlcipher": ".sqlcipher"}
"""driver -> ending of a copy; of any other it is a dump, `.sql`"""


def copy_database(database_url: str, folder: Path, name: str) -> Path | None:
    """Write the database as `folder/name` with its ending of ENDINGS, or `.sql`; None where there is none yet.

    Raises StorageError where it cannot be read or is not sound, ServiceMissing without the programs of MariaDB.
    """
    url = parse(database_url)
    if url.drivername not in ENDINGS:
        from fitintel.storage.copies_mysql import dump

        return dump(url, folder / f"{name}.sql")
    if not Path(str(url.database)).is_file():
        return None
    made = folder / f"{name}{ENDINGS[url.drivername]}"
    made.unlink(missing_ok=True)
    connect, failure = _driver(url)
    try:
        with closing(connect(f"file:{url.database}?mode=ro")) as live, closing(connect(f"file:{made}")) as copy:
            # all pages in one step: a copy in steps begins again whenever somebody writes, and may never end
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
            told = copy.execute("PRAGMA quick_check").fetchone()[0]
    except failure as error:
        raise StorageUnavailable("The database cannot be copied", where=str(url.database), why=str(error),
                                 next="see that its folder can be read and the disk has room") from error  # fmt: skip
    if told != "ok":
        raise StorageError("The database is damaged; the copy was not used", where=str(url.database), why=str(told),
                           next="restore the last backup")  # fmt: skip
    return made


def put_back(copy: Path, database_url: str) -> None:
    """Make the database what the copy says; what it held is gone.

    Raises StorageError where it does not hold exactly that afterwards.
    """
    url = parse(database_url)
    if url.drivername not in ENDINGS:
        from fitintel.storage.copies_mysql import load

        load(copy, url)
        return
    place = Path(str(url.database))
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.restored")
    draft.write_bytes(b"")
    draft.chmod(0o600)
    with copy.open("rb") as source, draft.open("wb") as target:
        while part := source.read(1 << 20):
            target.write(part)
        target.flush()
        os.fsync(target.fileno())
    for ending in BESIDE:
        # a log of the database before would be replayed into the restored one
        place.with_name(place.name + ending).unlink(missing_ok=True)
    draft.replace(place)


def suits(copy: Path, database_url: str) -> bool:
    """Whether a copy is of this kind of database.

    >>> suits(Path("facts.sqlite"), "sqlite:////tmp/a.db"), suits(Path("facts.sql"), "sqlite:////tmp/a.db")
    (True, False)
    """
    return ENDINGS.get(parse(database_url).drivername, ".sql") == copy.suffix


def _driver(url: URL) -> tuple[Callable[[str], Any], type[Exception]]:
    """How a file is opened, and what its driver raises."""
    key = key_file(url)
    if key is None:
        return lambda file: sqlite3.connect(file, uri=True), sqlite3.Error
    module, unlock = cipher.opened_by(key)

    def connect(file: str) -> Any:
        made = module.connect(file, uri=True)
        unlock(made, None)
        return made

    return connect, module.Error
