"""Sport, distance and target time of an event that is aimed at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.remove import remove

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    # MySQL commits each statement on its own: after an interruption this runs again over what is there
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("goals")}
    kinds = (sa.Column("sport", sa.String(16), nullable=False, server_default=""), sa.Column("distance", sa.Double),
             sa.Column("target", sa.Double))  # fmt: skip
    for column in kinds:
        if column.name not in there:
            op.add_column("goals", column)


def downgrade() -> None:
    remove(columns={"goals": {"target": None, "distance": None, "sport": ""}})
