"""The tables of connected accounts. Tokens stand in them sealed only."""

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

from fitintel.storage.columns import DIGEST, ID, Bytes, LongText, metadata

EXTERNAL = String(128)

connections = Table(
    "connections",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("provider", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("account", EXTERNAL, nullable=False),
    Column("scopes", LongText, nullable=False),
    Column("sealed", Bytes, nullable=False),
    Column("expires_at", Double),
    Column("cursor", Double),
    Column("last_sync", BigInteger),
    Column("last_error", LongText, nullable=False),
    Column("retry_at", BigInteger),
    Column("generation", Integer, nullable=False),
    Column("lease_until", Double),
    PrimaryKeyConstraint("athlete_id", "provider"),
)

payloads = Table(
    "payloads",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("provider", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("external_id", EXTERNAL, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("listed", DIGEST, nullable=False),
    Column("start", Double),
    Column("fetched_at", BigInteger, nullable=False),
    Column("name", LongText, nullable=False),
    Column("workout_ids", LongText, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("deleted_at", BigInteger),
    # versions of one thing lie together
    PrimaryKeyConstraint("athlete_id", "provider", "kind", "external_id", "sha256"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("provider", String(32), nullable=False),
    Column("external_id", EXTERNAL, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("workout_ids", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "provider", "external_id"),
)

awaited = Table(
    "awaited",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("provider", String(32), nullable=False),
    Column("external_id", EXTERNAL, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("athlete_id", "provider", "external_id"),
)
"""What webhooks said has changed and no sync has looked at yet."""
