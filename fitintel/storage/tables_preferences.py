"""Table of what readers prefer."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from fitintel.core.preferences import MORNING
from fitintel.storage.columns import ID, metadata

preferences = Table(
    "preferences",
    metadata,
    # no key to athletes: a coach or an administrator prefers something as well
    Column("who", ID, primary_key=True),
    Column("units", String(16)),
    Column("language", String(16), nullable=False),
    Column("theme", String(16), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("morning", String(5), nullable=False, server_default=MORNING),
)
