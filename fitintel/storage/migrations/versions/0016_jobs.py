"""The stamp of rights, answers kept for repeated requests, and jobs."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import BYTES, ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    create(
        "rights_head",
        sa.Column("one", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("stamp", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("one"),
    )
    create(
        "repeats",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("athlete_id", ID),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", LONG, nullable=False),
        sa.Column("body", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "digest"),
    )
    create(
        "jobs",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("athlete_id", ID),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
        sa.Column("result", LONG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    remove("jobs", "repeats", "rights_head")
