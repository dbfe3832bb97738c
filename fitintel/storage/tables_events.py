"""Tables of events, and of the number of the newest."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import ID, LongText, metadata

events = Table(
    "events",
    metadata,
    Column("id", BigInteger, nullable=False, autoincrement=False),
    Column("topic", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    # no key to athletes: an event may outlive nobody, erasing takes it along (sql_events.py)
    Column("athlete_id", ID),
    Column("at", BigInteger, nullable=False),
    Column("detail", LongText, nullable=False),
    PrimaryKeyConstraint("id"),
)

event_head = Table(
    "event_head",
    metadata,
    # one row: whoever writes an event holds it, so ids are committed in their order and no reader skips one
    Column("one", Integer, nullable=False, autoincrement=False),
    Column("newest", BigInteger, nullable=False),
    PrimaryKeyConstraint("one"),
)
