"""Athletes, workouts, the import ledger, problems, runs, briefs, models."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import BYTES, ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0001"
down_revision = None


def upgrade() -> None:
    create(
        "athletes",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("units", sa.String(16), nullable=False),
        sa.Column("goal_days", sa.Double),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    create(
        "workouts",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("start", sa.Double),
        sa.Column("utc_offset", sa.Double),
        sa.Column("sport", sa.String(16)),
        sa.Column("source_sport", sa.String(64)),
        sa.Column("duration", sa.Double),
        sa.Column("distance", sa.Double),
        sa.Column("speed_max", sa.Double),
        sa.Column("elevation_gain", sa.Double),
        sa.Column("hr_mean", sa.Double),
        sa.Column("hr_max", sa.Double),
        sa.Column("cadence", sa.Double),
        sa.Column("steps", sa.Double),
        sa.Column("energy", sa.Double),
        sa.Column("rpe", sa.Double),
        sa.Column("source", sa.String(32)),
        sa.Column("source_id", sa.String(191)),
        sa.Column("notes", LONG),
        sa.Column("flags", sa.String(255)),
        sa.Column("import_id", sa.String(24)),
        sa.Column("row", sa.Double),
        sa.PrimaryKeyConstraint("athlete_id", "day", "id"),
        sa.UniqueConstraint("athlete_id", "id", name="one_workout_per_id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
        sqlite_with_rowid=False,
    )
    create(
        "imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("file_name", LONG, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("source", ID, nullable=False),
        sa.Column("source_version", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("imported", sa.Integer, nullable=False),
        sa.Column("warned", sa.Integer, nullable=False),
        sa.Column("duplicate", sa.Integer, nullable=False),
        sa.Column("quarantined", sa.Integer, nullable=False),
        sa.Column("profile", LONG, nullable=False),
        sa.Column("retry_of", ID),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "problems",
        sa.Column("import_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("column", LONG, nullable=False),
        sa.Column("rule", ID, nullable=False),
        sa.Column("value", LONG, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("detail", LONG, nullable=False),
        sa.Column("workout_id", ID),
        sa.Column("status", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "id"),
        sa.UniqueConstraint("id", name="one_problem_per_id"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"]),
    )
    create(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("parameters", LONG, nullable=False),
        sa.Column("inputs", LONG, nullable=False),
        sa.Column("parents", LONG, nullable=False),
        sa.Column("output", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    create(
        "briefs",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("value", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "day", "id"),
        sa.UniqueConstraint("id", name="one_brief_per_id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "untracked",
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("brief_id"),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"]),
    )
    create(
        "models",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("algorithm", ID, nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("value", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "algorithm", "version"),
    )
    create("identity", sa.Column("id", sa.String(32), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.bulk_insert(sa.table("identity", sa.column("id", sa.String(32))), [{"id": uuid.uuid4().hex}])


def downgrade() -> None:
    remove("models", "untracked", "briefs", "runs", "problems", "imports", "workouts", "athletes")
    # made at random by upgrade(): of an empty database nothing is lost with it
    op.drop_table("identity")
