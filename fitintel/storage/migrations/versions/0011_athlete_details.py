"""Details of an athlete that are shared for fairness alone: sex and year of birth."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
