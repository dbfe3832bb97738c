"""Promotions of algorithms, their approvals, and shadow runs."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0009"
down_revision = "0008"

VERSION = sa.String(32)


def upgrade() -> None:
    create(
        "evaluations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("champion", VERSION, nullable=False),
        sa.Column("challenger", VERSION, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("policy", ID, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("document", LONG, nullable=False),
    )
    create(
        "promotions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", VERSION, nullable=False),
        sa.Column("before", VERSION, nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("why", LONG, nullable=False),
        sa.Column("evaluation_id", ID),
        sa.Column("alone", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"]),
    )
    create(
        "approvals",
        sa.Column("promotion_id", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("why", LONG, nullable=False),
        sa.PrimaryKeyConstraint("promotion_id", "by"),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotions.id"]),
    )
    create(
        "shadows",
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", VERSION, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("on", sa.Boolean, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.PrimaryKeyConstraint("algorithm", "version", "at"),
    )
    create(
        "shadow_runs",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", VERSION, nullable=False),
        sa.Column("beside", ID, nullable=False),
        sa.Column("run_id", ID),
        sa.Column("error", LONG, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "day", "algorithm", "version", "beside"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )


def downgrade() -> None:
    remove("shadow_runs", "shadows", "approvals", "promotions", "evaluations")
