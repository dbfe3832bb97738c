"""Table of what athletes said of themselves so that fairness can be watched; apart from the athletes themselves."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from fitintel.storage.columns import ID, metadata

athlete_details = Table(
    "athlete_details",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), primary_key=True),
    Column("sex", String(16)),
    Column("born", Integer),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
)
