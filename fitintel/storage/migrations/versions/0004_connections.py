"""Connected accounts, their sealed tokens, raw payloads and tombstones."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
