"""Events that live front ends follow, and the number of the newest."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    create(
        "events",
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("athlete_id", ID),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("detail", LONG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    create(
        "event_head",
        sa.Column("one", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("newest", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("one"),
    )


def downgrade() -> None:
    remove("event_head", "events")
