"""Tables of wellness and of what a person states."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

wellness = Table(
    "wellness",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("id", ID, nullable=False),
    Column("metric", String(32), nullable=False),
    Column("value", Double, nullable=False),
    Column("source", String(32), nullable=False),
    Column("at", Double),
    Column("utc_offset", Double),
    Column("import_id", ID, nullable=False),
    Column("row", Integer, nullable=False),
    # clustered like workouts; the id is made of day, metric and source, so it needs no key of its own
    PrimaryKeyConstraint("athlete_id", "day", "id"),
    sqlite_with_rowid=False,
)

thresholds = Table(
    "thresholds",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("value", Double),
    Column("valid_from", Integer, nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("sport", String(16), nullable=False),
    Column("protocol", LongText, nullable=False),
    Column("source", String(32), nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)

goals = Table(
    "goals",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("value", Double),
    Column("valid_from", Integer, nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("name", LongText, nullable=False),
    Column("sport", String(16), nullable=False, server_default=""),
    Column("distance", Double),
    Column("target", Double),
    PrimaryKeyConstraint("athlete_id", "id"),
)

planned_workouts = Table(
    "planned_workouts",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("day", Integer, nullable=False),
    Column("sport", String(16), nullable=False),
    Column("duration", Double),
    Column("distance", Double),
    Column("entered_at", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("rpe", Double),
    Column("notes", LongText, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)

excused_days = Table(
    "excused_days",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("notes", LongText, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)
