"""Empty: the athletes' keys lie in the keyring, outside the database (docs/decisions/data-keys.md)."""

from __future__ import annotations

revision = "0017"
down_revision = "0016"


def upgrade() -> None: ...


def downgrade() -> None: ...
