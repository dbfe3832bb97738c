"""Table of the labels that people give to workouts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

labels = Table(
    "labels",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    # no key to workouts: a label outlives the merge, removal and return of its workout
    Column("workout_id", ID, nullable=False),
    Column("level", String(16), nullable=False),
    Column("value", String(16)),
    Column("by", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", LongText, nullable=False),
    Column("asked", Boolean, nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)
