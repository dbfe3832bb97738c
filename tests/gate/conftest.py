"""The small workspace with three accounts of tests/access."""

from __future__ import annotations

from tests.access.conftest import cheap_passwords, gate, kept_world, later, owner

__all__ = ["cheap_passwords", "gate", "kept_world", "later", "owner"]
