"""create(): a table as every migration makes it, the same on each database server."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

ID = sa.String(64)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def create(name: str, *columns: Any, **options: Any) -> None:
    """Create a table if it is not there."""
    dialect = op.get_bind().dialect
    # binary and unpadded, as SQLite compares: "a", "A" and "a " are three ids; the two servers name it differently
    collation = "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"
    server = {"engine": "InnoDB", "charset": "utf8mb4", "collate": collation, "row_format": "DYNAMIC"}
    for prefix in ("mysql", "mariadb"):
        options.update({f"{prefix}_{option}": choice for option, choice in server.items()})
    # MySQL commits each table on its own: after an interruption the migration is run again over those that exist
    op.create_table(name, *columns, if_not_exists=True, **options)
