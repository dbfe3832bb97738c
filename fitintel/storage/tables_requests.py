"""Tables of what requests leave behind: the stamp of rights, answers to be given again, and jobs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import DIGEST, ID, Bytes, LongText, metadata

rights_head = Table(
    "rights_head",
    metadata,
    # one row
    Column("one", Integer, nullable=False, autoincrement=False),
    Column("stamp", BigInteger, nullable=False),
    PrimaryKeyConstraint("one"),
)

repeats = Table(
    "repeats",
    metadata,
    Column("account_id", ID, nullable=False),
    # of the key that the client gave
    Column("digest", DIGEST, nullable=False),
    # of the request
    Column("asked", DIGEST, nullable=False),
    # no key to athletes: the path may name one that is not there
    Column("athlete_id", ID),
    Column("at", BigInteger, nullable=False),
    # 0: still under way
    Column("status", Integer, nullable=False),
    Column("headers", LongText, nullable=False),
    Column("body", Bytes, nullable=False),
    PrimaryKeyConstraint("account_id", "digest"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", ID, nullable=False),
    Column("account_id", ID, nullable=False),
    Column("athlete_id", ID),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("heard_at", BigInteger, nullable=False),
    Column("result", LongText, nullable=False),
    PrimaryKeyConstraint("id"),
)
