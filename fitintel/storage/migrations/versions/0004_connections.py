"""Connected accounts, their sealed tokens, raw payloads and tombstones."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0004"
down_revision = "0003"

ID = sa.String(64)
EXTERNAL = sa.String(128)
PROVIDER = sa.String(32)
LONG = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def upgrade() -> None:
    _create(
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
    _create(
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
        _create(
            name,
            sa.Column("athlete_id", ID, nullable=False),
            sa.Column("provider", PROVIDER, nullable=False),
            sa.Column("external_id", EXTERNAL, nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("athlete_id", "provider", "external_id"),
            sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
        )


def downgrade() -> None:
    for name in ("awaited", "tombstones", "payloads", "connections"):
        op.drop_table(name)


def _create(name: str, *columns: Any) -> None:
    dialect = op.get_bind().dialect
    # as in 0001: binary, unpadded ids on every server; an interrupted migration is run again over what exists
    collation = "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"
    server = {"engine": "InnoDB", "charset": "utf8mb4", "collate": collation, "row_format": "DYNAMIC"}
    options = {f"{prefix}_{key}": choice for prefix in ("mysql", "mariadb") for key, choice in server.items()}
    op.create_table(name, *columns, if_not_exists=True, **options)
