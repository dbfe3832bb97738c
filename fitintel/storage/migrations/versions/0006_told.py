"""What was told in briefs, and what people answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"

ID = sa.String(64)
KEY = sa.String(128)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _create(
        "told",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("code", ID, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("run_ids", LONG, nullable=False),
        sa.Column("workout_ids", LONG, nullable=False),
        sa.Column("first_day", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("detail", LONG, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "day", "brief_id", "key"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    _create(
        "answers",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("why", LONG, nullable=False),
        sa.Column("until", sa.Integer),
        sa.PrimaryKeyConstraint("athlete_id", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    for name in ("answers", "told"):
        op.drop_table(name)


def _create(name: str, *columns: Any) -> None:
    dialect = op.get_bind().dialect
    # as in 0001: binary, unpadded ids on every server; an interrupted migration is run again over what exists
    collation = "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"
    server = {"engine": "InnoDB", "charset": "utf8mb4", "collate": collation, "row_format": "DYNAMIC"}
    options = {f"{prefix}_{key}": choice for prefix in ("mysql", "mariadb") for key, choice in server.items()}
    op.create_table(name, *columns, if_not_exists=True, **options)
