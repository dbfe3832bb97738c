"""What a person prefers (units, language, theme), and comments on athletes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import ID, create

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


def downgrade() -> None:
    op.drop_table("preferences")
