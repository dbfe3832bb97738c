"""Connected accounts, their sealed tokens, raw payloads and tombstones."""

from __future__ import annotations

import sqlalchemy as sa

from fitintel.storage.migrations.create import BYTES, ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0004"
down_revision = "0003"

EXTERNAL = sa.String(128)
PROVIDER = sa.String(32)


def upgrade() -> None:
    create(
        "connections",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("provider", PROVIDER, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("account", EXTERNAL, nullable=False),
        sa.Column("scopes", LONG, nullable=False),
        sa.Column("sealed", BYTES, nullable=False),
        sa.Column("expires_at", sa.Double),
        sa.Column("cursor", sa.Double),
        sa.Column("last_sync", sa.BigInteger),
        sa.Column("last_error", LONG, nullable=False),
        sa.Column("retry_at", sa.BigInteger),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.Double),
        sa.PrimaryKeyConstraint("athlete_id", "provider"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "payloads",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("provider", PROVIDER, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("external_id", EXTERNAL, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("listed", sa.String(64), nullable=False),
        sa.Column("start", sa.Double),
        sa.Column("fetched_at", sa.BigInteger, nullable=False),
        sa.Column("name", LONG, nullable=False),
        sa.Column("workout_ids", LONG, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("athlete_id", "provider", "kind", "external_id", "sha256"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    for name, columns in (
        (
            "tombstones",
            (sa.Column("at", sa.BigInteger, nullable=False), sa.Column("workout_ids", LONG, nullable=False)),
        ),
        ("awaited", (sa.Column("received_at", sa.BigInteger, nullable=False),)),
    ):
        create(
            name,
            sa.Column("athlete_id", ID, nullable=False),
            sa.Column("provider", PROVIDER, nullable=False),
            sa.Column("external_id", EXTERNAL, nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("athlete_id", "provider", "external_id"),
            sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
        )


def downgrade() -> None:
    remove("awaited", "tombstones", "payloads", "connections")
