"""The tables, as SQLAlchemy Core metadata; the workouts table derives from `core.workouts.COLUMNS`.

Statements are built from these tables; the tables themselves are created by `migrations/`, and a test holds the two
together on every database. Times are whole microseconds since 1970-01-01 UTC: the one form that every database keeps
and sorts alike.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from fitintel.core import workouts as core
from fitintel.storage import tables_accounts as _accounts  # noqa: F401
from fitintel.storage import tables_audit as _audit  # noqa: F401
from fitintel.storage import tables_comments as _comments  # noqa: F401
from fitintel.storage import tables_connections, tables_recordings, tables_wellness  # noqa: F401  one metadata for all
from fitintel.storage import tables_details as _details  # noqa: F401
from fitintel.storage import tables_events as _events  # noqa: F401
from fitintel.storage import tables_labels as _labels  # noqa: F401
from fitintel.storage import tables_mornings as _mornings  # noqa: F401
from fitintel.storage import tables_nights as _nights  # noqa: F401
from fitintel.storage import tables_performance as _performance  # noqa: F401
from fitintel.storage import tables_preferences as _preferences  # noqa: F401
from fitintel.storage import tables_promotions as _promotions  # noqa: F401
from fitintel.storage import tables_requests as _requests  # noqa: F401
from fitintel.storage import tables_told as _told  # noqa: F401
from fitintel.storage.columns import DIGEST, ID, Bytes, LongText
from fitintel.storage.columns import metadata as metadata


def _workout_column(column: core.Column) -> Column[Any]:
    if column.kind == "day":
        return Column(column.name, Integer, nullable=False)
    if column.kind == "number":
        return Column(column.name, Double, nullable=True)
    if column.kind == "long text":
        return Column(column.name, LongText, nullable=True)
    return Column(column.name, String(column.size), nullable=column.name != "id")


athletes = Table(
    "athletes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("units", String(16), nullable=False),
    Column("goal_days", Double),
    Column("simulated", Boolean, nullable=False),
    Column("revision", BigInteger, nullable=False),
)

workouts = Table(
    "workouts",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    *map(_workout_column, core.COLUMNS.values()),
    # clustered: one athlete's history lies together in canonical order, so reading it is one sweep
    PrimaryKeyConstraint("athlete_id", "day", "id"),
    # the key holds the day, so it alone would let one id in twice under two days
    UniqueConstraint("athlete_id", "id", name="one_workout_per_id"),
    sqlite_with_rowid=False,
)

imports = Table(
    "imports",
    metadata,
    Column("id", ID, primary_key=True),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("file_name", LongText, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("source", ID, nullable=False),
    Column("source_version", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("read", Integer, nullable=False),
    Column("imported", Integer, nullable=False),
    Column("warned", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("profile", LongText, nullable=False),
    Column("retry_of", ID),
    # a file is looked up by its content at every import, however long the ledger has grown
    Index("imports_of_a_file", "sha256", "athlete_id"),
)

problems = Table(
    "problems",
    metadata,
    # the athlete is the import's: kept once
    Column("import_id", ID, ForeignKey("imports.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("row", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", LongText, nullable=False),
    Column("rule", ID, nullable=False),
    Column("value", LongText, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("detail", LongText, nullable=False),
    Column("workout_id", ID),
    Column("status", String(16), nullable=False),
    PrimaryKeyConstraint("import_id", "id"),
    UniqueConstraint("id", name="one_problem_per_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("algorithm", ID, nullable=False),
    Column("version", String(32), nullable=False),
    Column("parameters", LongText, nullable=False),
    Column("inputs", LongText, nullable=False),
    Column("parents", LongText, nullable=False),
    Column("output", DIGEST, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
)

briefs = Table(
    "briefs",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("id", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("value", Bytes, nullable=False),
    PrimaryKeyConstraint("athlete_id", "day", "id"),
    UniqueConstraint("id", name="one_brief_per_id"),
)

untracked = Table(
    "untracked",
    metadata,
    Column("brief_id", ID, ForeignKey("briefs.id"), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("athlete_id", ID, nullable=False),
    Column("algorithm", ID, nullable=False),
    Column("version", String(32), nullable=False),
    Column("inputs", DIGEST, nullable=False),
    Column("value", Bytes, nullable=False),
    PrimaryKeyConstraint("athlete_id", "algorithm", "version"),
)

identity = Table("identity", metadata, Column("id", String(32), primary_key=True))
"""One row: a random name that this database has had since it was created. Caches keep databases apart by it."""
