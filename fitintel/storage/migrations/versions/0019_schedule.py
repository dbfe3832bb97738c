"""When readers want their brief, and each athlete's newest morning in the schedule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import ID, create
from fitintel.storage.migrations.remove import remove

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    # MySQL commits each statement on its own: after an interruption this runs again over what is there
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("preferences")}
    if "morning" not in there:
        op.add_column("preferences", sa.Column("morning", sa.String(5), nullable=False, server_default="05:00"))
    create(
        "mornings",
        sa.Column("athlete_id", ID, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    remove("mornings", columns={"preferences": {"morning": "05:00"}})
