"""The ledger of nights, who gets briefs, and the outbox."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    create(
        "nights",
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("done", sa.String(16), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("files", LONG, nullable=False),
        sa.Column("step", sa.String(16)),
        sa.Column("what", LONG, nullable=False),
        sa.Column("why", LONG, nullable=False),
        sa.Column("next", LONG, nullable=False),
        sa.PrimaryKeyConstraint("day", "athlete_id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "recipients",
        sa.Column("id", ID, nullable=False),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", LONG, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", LONG, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("reason", LONG, nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    remove("outbox", "recipients", "nights")
