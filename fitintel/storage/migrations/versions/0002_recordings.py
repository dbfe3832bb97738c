"""Streams, legs, laps, repairs and merge decisions of recorded workouts."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
