"""Performance of algorithms by day, and what waits to be told to MLflow."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0008"
down_revision = "0007"

ID = sa.String(64)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


def upgrade() -> None:
    _create(
        "executed",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("runs", sa.Integer, nullable=False),
        sa.Column("insufficient", sa.Integer, nullable=False),
        sa.Column("seconds", LONG, nullable=False),
        sa.Column("inputs", LONG, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("brief_id", "algorithm", "version"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    _create(
        "expected",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("span", sa.Integer, nullable=False),
        sa.Column("mean", sa.Double, nullable=False),
        sa.Column("low", sa.Double, nullable=False),
        sa.Column("high", sa.Double, nullable=False),
        sa.Column("nominal", sa.Double, nullable=False),
        sa.Column("truth", sa.Double),
        sa.Column("judged", sa.Integer),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "run_id", "due"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    _create(
        "points",
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("figures", LONG, nullable=False),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("algorithm", "day"),
    )
    op.create_index("executed_by_day", "executed", ["day"], if_not_exists=True)
    op.create_index("expected_by_judgement", "expected", ["judged"], if_not_exists=True)


def downgrade() -> None:
    for name in ("points", "expected", "executed"):
        op.drop_table(name)


def _create(name: str, *columns: Any) -> None:
    dialect = op.get_bind().dialect
    # as in 0001: binary, unpadded ids on every server; an interrupted migration is run again over what exists
    collation = "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"
    server = {"engine": "InnoDB", "charset": "utf8mb4", "collate": collation, "row_format": "DYNAMIC"}
    options = {f"{prefix}_{key}": choice for prefix in ("mysql", "mariadb") for key, choice in server.items()}
    op.create_table(name, *columns, if_not_exists=True, **options)
