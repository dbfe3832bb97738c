"""Tables of recorded workouts: where their samples are, legs, laps, pauses, repairs, and merge decisions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from fitintel.storage.columns import DIGEST, ID, LongText, metadata

recordings = Table(
    "recordings",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("import_id", ID, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("maker", LongText, nullable=False),
    Column("name", LongText, nullable=False),
    Column("samples", Integer, nullable=False),
    Column("channels", LongText, nullable=False),
    Column("stream", DIGEST),
    Column("rr", DIGEST),
    Column("device", LongText, nullable=False),
    Column("figures", LongText, nullable=False),
    Column("quality", Double),
    Column("reasons", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id"),
)

legs = Table(
    "legs",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sport", String(16), nullable=False),
    Column("source_sport", LongText, nullable=False),
    Column("start", Double, nullable=False),
    Column("end", Double, nullable=False),
    Column("device", LongText, nullable=False),
    Column("figures", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id", "number"),
)

laps = Table(
    "laps",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("start", Double, nullable=False),
    Column("end", Double, nullable=False),
    Column("device", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id", "number"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Double, nullable=False),
    Column("end", Double, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id", "number"),
)

repairs = Table(
    "repairs",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("repair", ID, nullable=False),
    Column("version", String(32), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("changed", LongText, nullable=False),
    Column("effect", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id", "repair"),
)

links = Table(
    "links",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("workout_id", ID, nullable=False),
    Column("other_id", ID, nullable=False),
    Column("state", String(16), nullable=False),
    Column("score", Double, nullable=False),
    Column("reasons", LongText, nullable=False),
    Column("decided_by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id", "other_id"),
)
