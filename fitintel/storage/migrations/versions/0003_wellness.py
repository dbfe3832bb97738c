"""Wellness, thresholds, goals, planned workouts and excused days."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create(
        "wellness",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("metric", sa.String(32), nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("at", sa.Double),
        sa.Column("utc_offset", sa.Double),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "day", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
        sqlite_with_rowid=False,
    )
    _create_stated(
        "thresholds",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("valid_from", sa.Integer, nullable=False),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("sport", sa.String(16), nullable=False),
        sa.Column("protocol", LONG, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
    )
    _create_stated(
        "goals",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("valid_from", sa.Integer, nullable=False),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("name", LONG, nullable=False),
    )
    _create_stated(
        "planned_workouts",
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("sport", sa.String(16), nullable=False),
        sa.Column("duration", sa.Double),
        sa.Column("distance", sa.Double),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rpe", sa.Double),
        sa.Column("notes", LONG, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )
    _create_stated(
        "excused_days",
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("notes", LONG, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    remove("excused_days", "planned_workouts", "goals", "thresholds", "wellness")


def _create_stated(name: str, *columns: Any) -> None:
    create(
        name,
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("athlete_id", "id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
