"""Labels that people give to workouts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0005"
down_revision = "0004"

ID = sa.String(64)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _create(
        "labels",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("workout_id", ID, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("value", sa.String(16)),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("why", LONG, nullable=False),
        sa.Column("asked", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    op.drop_table("labels")


def _create(name: str, *columns: Any) -> None:
    dialect = op.get_bind().dialect
    # as in 0001: binary, unpadded ids on every server; an interrupted migration is run again over what exists
    collation = "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"
    server = {"engine": "InnoDB", "charset": "utf8mb4", "collate": collation, "row_format": "DYNAMIC"}
    options = {f"{prefix}_{key}": choice for prefix in ("mysql", "mariadb") for key, choice in server.items()}
    op.create_table(name, *columns, if_not_exists=True, **options)
