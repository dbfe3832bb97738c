"""Table of the schedule: each athlete's newest morning."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from fitintel.storage.columns import ID, metadata

mornings = Table(
    "mornings",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), primary_key=True),
    # before the day: MariaDB assigns in the order of the columns, and what is counted depends on the day before
    Column("attempts", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
)
