"""Table of comments on athletes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

comments = Table(
    "comments",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("day", Integer, nullable=False),
    Column("key", String(128), nullable=False),
    Column("text", LongText, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)
