"""Performance of algorithms by day, and what waits to be told to MLflow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    create(
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
    create(
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
    create(
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
    remove("points", "expected", "executed")
