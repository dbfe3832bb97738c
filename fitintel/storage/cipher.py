"""SQLCipher: SQLite whose whole file is encrypted, page by page, with AES-256 and a key from a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fitintel.core.errors import ServiceMissing, StorageUnavailable
from fitintel.storage.keys import Purpose, kept_key


def opened_by(key_file: Path) -> tuple[Any, Callable[[Any, Any], None]]:
    """(driver, what every new connection is opened with); the key is made when there is none.

    Raises ServiceMissing without the driver, UsageError for a key that others may read.
    """
    try:
        from sqlcipher3 import dbapi2
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            "The driver for encrypted databases is not installed", next="pip install 'fitintel[sqlcipher]'"
        ) from error
    purpose = Purpose("opens the database", "FITINTEL_DATABASE_KEY", key_file.name)
    key = kept_key(purpose, key_file.parent)

    def unlock(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # what goes wrong is said below
        # the key itself, not a password: there is nothing to be stretched
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            raise StorageUnavailable(
                "The database cannot be opened", why="its key is another one, or it is damaged or not encrypted",
                where=str(key_file), next="put the key file back that it was made with",
            ) from error  # fmt: skip

    return dbapi2, unlock
