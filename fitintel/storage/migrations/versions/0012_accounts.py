"""Accounts, memberships, consents, log-ins and tokens, and whose a run is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fitintel.storage.migrations.create import BYTES, ID, LONG, create
from fitintel.storage.migrations.remove import remove

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    create(
        "accounts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("athlete_id", ID),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("subject", sa.String(255)),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("totp", BYTES, nullable=False),
        sa.Column("totp_pending", sa.Boolean, nullable=False),
        sa.Column("totp_step", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("athlete_id", name="one_account_per_athlete"),
        sa.UniqueConstraint("subject", name="one_account_per_subject"),
    )
    create(
        "account_roles",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "role"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    )
    create(
        "squads",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", LONG, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    create(
        "memberships",
        sa.Column("id", ID, primary_key=True),
        sa.Column("squad_id", ID, nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("who", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("invited_at", sa.BigInteger, nullable=False),
        sa.Column("since", sa.BigInteger),
        sa.Column("until", sa.BigInteger),
        sa.ForeignKeyConstraint(["squad_id"], ["squads.id"]),
    )
    create(
        "consents",
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("guardian", LONG, nullable=False),
        sa.Column("text", ID, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "category", "purpose", "version"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "sessions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("strong", sa.Boolean, nullable=False),
        sa.Column("surface", ID, nullable=False),
        sa.Column("address", ID, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("why", LONG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    )
    create(
        "session_tokens",
        sa.Column("digest", ID, primary_key=True),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("use", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
    )
    create(
        "api_tokens",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("name", LONG, nullable=False),
        sa.Column("digest", ID, nullable=False),
        sa.Column("scopes", LONG, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("strong", sa.Boolean, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.UniqueConstraint("digest", name="one_token_per_digest"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    )
    create(
        "attempts",
        sa.Column("name", ID, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("name", "at", "id"),
    )
    create(
        "glasses",
        sa.Column("id", ID, primary_key=True),
        sa.Column("athlete_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("reason", LONG, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("approved_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("told_at", sa.BigInteger),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    create(
        "run_owners",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("athlete_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "athlete_id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athletes.id"]),
    )
    op.create_index("memberships_of_somebody", "memberships", ["who", "part"], if_not_exists=True)
    op.create_index("sessions_of_an_account", "sessions", ["account_id"], if_not_exists=True)
    op.create_index("tokens_of_a_session", "session_tokens", ["session_id"], if_not_exists=True)


def downgrade() -> None:
    remove(
        "run_owners",
        "glasses",
        "attempts",
        "api_tokens",
        "session_tokens",
        "sessions",
        "consents",
        "memberships",
        "squads",
        "account_roles",
        "accounts",
    )
