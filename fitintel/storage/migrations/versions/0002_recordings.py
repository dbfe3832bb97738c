"""Streams, legs, laps, repairs and merge decisions of recorded workouts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0002"
down_revision = "0001"

INDEX = "imports_of_a_file"


def upgrade() -> None:
    _create(
        "recordings",
        (
            sa.Column("import_id", ID, nullable=False),
            sa.Column("sha256", sa.String(64), nullable=False),
            sa.Column("kind", sa.String(32), nullable=False),
            sa.Column("maker", LONG, nullable=False),
            sa.Column("name", LONG, nullable=False),
            sa.Column("samples", sa.Integer, nullable=False),
            sa.Column("channels", LONG, nullable=False),
            sa.Column("stream", sa.String(64)),
            sa.Column("rr", sa.String(64)),
            sa.Column("device", LONG, nullable=False),
            sa.Column("figures", LONG, nullable=False),
            sa.Column("quality", sa.Double),
            sa.Column("reasons", LONG, nullable=False),
        ),
    )
    _create(
        "legs",
        (
            sa.Column("number", sa.Integer, nullable=False),
            sa.Column("sport", sa.String(16), nullable=False),
            sa.Column("source_sport", LONG, nullable=False),
            sa.Column("start", sa.Double, nullable=False),
            sa.Column("end", sa.Double, nullable=False),
            sa.Column("device", LONG, nullable=False),
            sa.Column("figures", LONG, nullable=False),
        ),
        "number",
    )
    _create(
        "laps",
        (
            sa.Column("number", sa.Integer, nullable=False),
            sa.Column("kind", sa.String(16), nullable=False),
            sa.Column("start", sa.Double, nullable=False),
            sa.Column("end", sa.Double, nullable=False),
            sa.Column("device", LONG, nullable=False),
        ),
        "number",
    )
    _create(
        "pauses",
        (
            sa.Column("number", sa.Integer, nullable=False),
            sa.Column("start", sa.Double, nullable=False),
            sa.Column("end", sa.Double, nullable=False),
        ),
        "number",
    )
    _create(
        "repairs",
        (
            sa.Column("repair", ID, nullable=False),
            sa.Column("version", sa.String(32), nullable=False),
            sa.Column("enabled", sa.Boolean, nullable=False),
            sa.Column("changed", LONG, nullable=False),
            sa.Column("effect", LONG, nullable=False),
        ),
        "repair",
    )
    _create(
        "links",
        (
            sa.Column("other_id", ID, nullable=False),
            sa.Column("state", sa.String(16), nullable=False),
            sa.Column("score", sa.Double, nullable=False),
            sa.Column("reasons", LONG, nullable=False),
            sa.Column("decided_by", ID, nullable=False),
            sa.Column("at", sa.BigInteger, nullable=False),
        ),
        "other_id",
    )
    op.create_index(INDEX, "imports", ["sha256", "athlete_id"], if_not_exists=True)


def downgrade() -> None:
    remove("links", "repairs", "pauses", "laps", "legs", "recordings")
    op.drop_index(INDEX, "imports", if_exists=True)


def _create(name: str, columns: tuple[Any, ...], *key: str) -> None:
    create(
        name,
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("workout_id", ID, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("athlete_id", "workout_id", *key),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
