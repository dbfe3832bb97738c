"""What a person prefers (units, language, theme), and comments on athletes."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    create(
        "preferences",
        sa.Column("who", ID, nullable=False),
        sa.Column("units", sa.String(16)),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("who"),
    )
    create(
        "comments",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("text", LONG, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    remove("comments", "preferences")
