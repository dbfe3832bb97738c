"""What was told in briefs, and what people answered."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0006"
down_revision = "0005"

KEY = sa.String(128)


def upgrade() -> None:
    create(
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
    create(
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
    remove("answers", "told")
