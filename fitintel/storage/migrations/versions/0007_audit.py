"""The audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0007"
down_revision = "0006"

NEVER = {"update": "changed", "delete": "removed"}


def upgrade() -> None:
    create(
        "audit",
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("body", LONG, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("audit_by_subject", "audit", ["subject", "number"], if_not_exists=True)
    create(
        "audit_end",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # against mistakes; on a server the account of fitintel is not granted UPDATE and DELETE on this table
        for verb, done in NEVER.items():
            op.execute(
                f"CREATE TRIGGER IF NOT EXISTS audit_is_never_{done} BEFORE {verb.upper()} ON audit "
                f"BEGIN SELECT RAISE(ABORT, 'rows of the audit chain are never {done}'); END"
            )


def downgrade() -> None:
    remove("audit_end", "audit")
