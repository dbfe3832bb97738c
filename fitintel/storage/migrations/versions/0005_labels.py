"""Labels that people give to workouts."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    create(
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
    remove("labels")
