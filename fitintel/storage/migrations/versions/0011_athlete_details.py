"""Details of an athlete that are shared for fairness alone: sex and year of birth. Figures that a promotion changed."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, create
from fitintel.storage.migrations.remove import remove

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    create(
        "athlete_details",
        sa.Column("athlete_id", ID, primary_key=True),
        sa.Column("sex", sa.String(16)),
        sa.Column("born", sa.Integer),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "affected_figures",
        sa.Column("promotion_id", ID, nullable=False),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("figure", sa.String(255), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("before", sa.Double),
        sa.Column("after", sa.Double),
        sa.PrimaryKeyConstraint("promotion_id", "athlete_id", "figure"),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotions.id"]),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    remove("affected_figures", "athlete_details")
