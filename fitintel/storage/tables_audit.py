"""The table of the audit chain, and the one row that says where it ends."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import DIGEST, LongText, metadata

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, nullable=False, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    # no key to athletes: who read whose data is kept when the athlete is gone
    Column("subject", String(128), nullable=False),
    Column("body", LongText, nullable=False),
    Column("previous", DIGEST, nullable=False),
    Column("mac", DIGEST, nullable=False),
    PrimaryKeyConstraint("number"),
    Index("audit_by_subject", "subject", "number"),
)

audit_end = Table(
    "audit_end",
    metadata,
    # one row, with id 1: writers take turns at it
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("mac", DIGEST, nullable=False),
    PrimaryKeyConstraint("id"),
)
