"""A database as one file, taken while others write to it, and put back.

SQLite: the database as it was at one moment, by its backup API. MySQL and MariaDB: the dump of one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from fitintel.core.errors import StorageError, StorageUnavailable
from fitintel.storage.engine import parse

BESIDE = ("-wal", "-shm", "-journal")
"""files that SQLite keeps beside a database"""


def copy_database(database_url: str, folder: Path, name: str) -> Path | None:
    """Write the database as `folder/name.sqlite` or `folder/name.sql`; None where there is none yet.

    Raises StorageError where it cannot be read or is not sound, ServiceMissing without the programs of MariaDB.
    """
    url = parse(database_url)
    if url.drivername != "sqlite":
        from fitintel.storage.copies_mysql import dump

        return dump(url, folder / f"{name}.sql")
    if not Path(str(url.database)).is_file():
        return None
    made = folder / f"{name}.sqlite"
    made.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as live, \
                closing(sqlite3.connect(made)) as copy:  # fmt: skip
            # all pages in one step: a copy in steps begins again whenever somebody writes, and may never end
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
            told = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
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
    if url.drivername != "sqlite":
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
    return (parse(database_url).drivername == "sqlite") == (copy.suffix == ".sqlite")
