"""Tables of the ledger of nights, of who gets briefs, and of the outbox."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

nights = Table(
    "nights",
    metadata,
    Column("day", Integer, nullable=False),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("done", String(16), nullable=False),
    Column("inputs", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("brief_id", ID, nullable=False),
    Column("files", LongText, nullable=False),
    Column("step", String(16)),
    Column("what", LongText, nullable=False),
    Column("why", LongText, nullable=False),
    Column("next", LongText, nullable=False),
    # a night is read as a whole
    PrimaryKeyConstraint("day", "athlete_id"),
)

recipients = Table(
    "recipients",
    metadata,
    Column("id", ID, nullable=False),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", LongText, nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("athlete_id", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("brief_id", ID, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", LongText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", LongText, nullable=False),
)
