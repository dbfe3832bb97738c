"""The tables of what briefs told and of what people answered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

KEY = String(128)
"""code of an insight and what it speaks of"""

told = Table(
    "told",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("brief_id", ID, nullable=False),
    Column("key", KEY, nullable=False),
    Column("section", String(32), nullable=False),
    Column("code", ID, nullable=False),
    Column("level", String(16), nullable=False),
    Column("run_ids", LongText, nullable=False),
    Column("workout_ids", LongText, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("detail", LongText, nullable=False),
    # what one brief said lies together, and briefs of neighbouring days next to each other
    PrimaryKeyConstraint("athlete_id", "day", "brief_id", "key"),
)

answers = Table(
    "answers",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("id", ID, nullable=False),
    Column("key", KEY, nullable=False),
    Column("action", String(16), nullable=False),
    Column("day", Integer, nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", LongText, nullable=False),
    Column("until", Integer),
    PrimaryKeyConstraint("athlete_id", "id"),
)
