"""What became of one account when it was synced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import FitintelError

if TYPE_CHECKING:
    from fitintel.workbench.fetched import Taken


@dataclass(slots=True)
class SyncReport:
    """What became of one account."""

    athlete_id: str
    provider: str
    listed: int = 0
    unchanged: int = 0
    imported: int = 0
    updated: int = 0
    quarantined: int = 0
    deleted: int = 0
    restored: int = 0
    withheld: int = 0
    """the service lists them and does not give them out"""
    withheld_why: str = ""
    wellness: int = 0
    """days of wellness that are new or changed"""
    error: FitintelError | None = None
    waits_until: datetime | None = None
    reconnect: bool = False
    """a person must connect the account again"""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        counts = ("listed", "unchanged", "imported", "updated", "quarantined", "deleted", "restored", "withheld",
                  "wellness")  # fmt: skip
        error = self.error
        words = {name: getattr(error, name) for name in ("what", "where", "why", "next")} if error else None
        return {
            "athlete": self.athlete_id, "provider": self.provider, **{name: getattr(self, name) for name in counts},
            "withheld_why": self.withheld_why, "error": words, "kind": type(error).__name__ if error else None,
            "waits_until": self.waits_until.isoformat() if self.waits_until else None, "reconnect": self.reconnect,
        }  # fmt: skip

    def count(self, taken: Taken) -> None:
        """Count what a payload has changed."""
        self.imported += taken.imported
        self.updated += taken.updated
        self.quarantined += taken.quarantined
        self.unchanged += not (taken.imported or taken.updated or taken.quarantined)
