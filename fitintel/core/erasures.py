"""What is known of the erasure of an athlete while it is under way, and what is left of it: a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

EXECUTING, COMPLETE = "executing", "complete"


@dataclass(frozen=True, slots=True)
class Certificate:
    """An erasure: what was removed from which store. Once it is complete it names nobody."""

    id: str
    mark: str
    state: str
    requested_at: str
    """ISO 8601, UTC"""
    by: str
    athlete_id: str = ""
    """empty once it is complete"""
    names: tuple[str, ...] = ()
    """what the athlete is called; empty once it is complete"""
    finished_at: str = ""
    removed: Mapping[str, int] = field(default_factory=dict)
    """step -> number of what was removed"""
    remarks: tuple[str, ...] = ()
    """what only somebody else can do"""

    @property
    def rows(self) -> int:
        """Rows that were removed."""
        return self.removed.get("rows", 0)

    @property
    def files(self) -> int:
        """Stored files that were removed."""
        return self.removed.get("stored files", 0)
