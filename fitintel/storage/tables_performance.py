"""Tables of how algorithms fare: runs by brief, forecasts and their truth, and the points of the day."""

from __future__ import annotations

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
)

from fitintel.storage.columns import ID, LongText, metadata

executed = Table(
    "executed",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("brief_id", ID, nullable=False),
    Column("day", Integer, nullable=False),
    Column("algorithm", ID, nullable=False),
    Column("version", String(32), nullable=False),
    Column("runs", Integer, nullable=False),
    Column("insufficient", Integer, nullable=False),
    Column("seconds", LongText, nullable=False),
    Column("inputs", LongText, nullable=False),
    Column("counted", Boolean, nullable=False),
    PrimaryKeyConstraint("brief_id", "algorithm", "version"),
    Index("executed_by_day", "day"),
)

expected = Table(
    "expected",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("run_id", ID, nullable=False),
    Column("due", Integer, nullable=False),
    Column("algorithm", ID, nullable=False),
    Column("version", String(32), nullable=False),
    Column("subject", String(32), nullable=False),
    Column("span", Integer, nullable=False),
    Column("mean", Double, nullable=False),
    Column("low", Double, nullable=False),
    Column("high", Double, nullable=False),
    Column("nominal", Double, nullable=False),
    Column("truth", Double),
    Column("judged", Integer),
    Column("counted", Boolean, nullable=False),
    # the same forecast stands in every brief until its inputs change, and is judged once
    PrimaryKeyConstraint("athlete_id", "run_id", "due"),
    Index("expected_by_judgement", "judged"),
)

points = Table(
    "points",
    metadata,
    Column("algorithm", ID, nullable=False),
    Column("day", Integer, nullable=False),
    Column("figures", LongText, nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("algorithm", "day"),
)
