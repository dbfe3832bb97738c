"""Sport, distance and target time of an event that is aimed at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

COLUMNS = ("sport", "distance", "target")


def upgrade() -> None:
    # MySQL commits each statement on its own: after an interruption this runs again over what is there
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("goals")}
    kinds = (sa.Column("sport", sa.String(16), nullable=False, server_default=""), sa.Column("distance", sa.Double),
             sa.Column("target", sa.Double))  # fmt: skip
    for column in kinds:
        if column.name not in there:
            op.add_column("goals", column)


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("goals", name)
