"""Tables of those who come in: accounts, squads, consents, log-ins, tokens, broken glasses, and whose a run is."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from fitintel.storage.columns import DIGEST, ID, Bytes, LongText, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    # no key to athletes: an account may be there before the first workout
    Column("athlete_id", ID),
    Column("status", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("subject", String(255)),
    Column("password", String(255), nullable=False),
    Column("totp", Bytes, nullable=False),
    Column("totp_pending", Boolean, nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    UniqueConstraint("athlete_id", name="one_account_per_athlete"),
    UniqueConstraint("subject", name="one_account_per_subject"),
)

account_roles = Table(
    "account_roles",
    metadata,
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("role", String(32), nullable=False),
    PrimaryKeyConstraint("account_id", "role"),
)

squads = Table(
    "squads",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", LongText, nullable=False),
    Column("at", BigInteger, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", ID, primary_key=True),
    Column("squad_id", ID, ForeignKey("squads.id"), nullable=False),
    Column("part", String(16), nullable=False),
    # an athlete id or an account id, as `part` says
    Column("who", ID, nullable=False),
    Column("by", ID, nullable=False),
    Column("invited_at", BigInteger, nullable=False),
    Column("since", BigInteger),
    Column("until", BigInteger),
    Index("memberships_of_somebody", "who", "part"),
)

consents = Table(
    "consents",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("category", String(32), nullable=False),
    Column("purpose", String(32), nullable=False),
    # only ever added to: a withdrawal is a later version
    Column("version", Integer, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("guardian", LongText, nullable=False),
    Column("text", ID, nullable=False),
    PrimaryKeyConstraint("athlete_id", "category", "purpose", "version"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("strong", Boolean, nullable=False),
    Column("surface", ID, nullable=False),
    Column("address", ID, nullable=False),
    Column("revoked_at", BigInteger),
    Column("why", LongText, nullable=False),
    Index("sessions_of_an_account", "account_id"),
)

session_tokens = Table(
    "session_tokens",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("session_id", ID, ForeignKey("sessions.id"), nullable=False),
    Column("use", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Index("tokens_of_a_session", "session_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("name", LongText, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("scopes", LongText, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("strong", Boolean, nullable=False),
    Column("revoked_at", BigInteger),
    UniqueConstraint("digest", name="one_token_per_digest"),
)

attempts = Table(
    "attempts",
    metadata,
    # digest of the name that was tried: a mistyped password stands there as well
    Column("name", DIGEST, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("id", ID, nullable=False),
    PrimaryKeyConstraint("name", "at", "id"),
)

glasses = Table(
    "glasses",
    metadata,
    Column("id", ID, primary_key=True),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("reason", LongText, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("approved_by", ID, nullable=False),
    Column("approved_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("told_at", BigInteger),
)

run_owners = Table(
    "run_owners",
    metadata,
    Column("run_id", ID, nullable=False),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    # equal inputs make the equal run: it may be of several
    PrimaryKeyConstraint("run_id", "athlete_id"),
)
