"""What every table is made of: the metadata that collects them, and column types that mean the same everywhere."""

from __future__ import annotations

from sqlalchemy import LargeBinary, MetaData, String, Text
from sqlalchemy.ext.compiler import compiles

ID = String(64)
DIGEST = String(64)


class LongText(Text):
    """Text that may be longer than the 64 KB of MySQL's TEXT.

    Not `mysql.MEDIUMTEXT`: importing MySQL's dialect would take a third of the time to open an SQLite database.
    """


class Bytes(LargeBinary):
    """Bytes that may be longer than the 64 KB of MySQL's BLOB."""


@compiles(LongText, "mysql", "mariadb")
def _medium_text(*_: object, **__: object) -> str:
    return "MEDIUMTEXT"


@compiles(Bytes, "mysql", "mariadb")
def _long_blob(*_: object, **__: object) -> str:
    return "LONGBLOB"


metadata = MetaData()
