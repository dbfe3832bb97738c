"""The part of the Store's interface that keeps sex and year of birth."""

from __future__ import annotations

from typing import Protocol

from fitintel.core.details import Details


class DetailStore(Protocol):
    """One record an athlete, changed in place: what was said before is not kept. No brief is made of it."""

    def put_details(self, details: Details) -> None:
        """Insert or change an athlete's details; raises NotFound for an unknown athlete."""

    def details(self, athlete_id: str) -> Details | None:
        """What an athlete said; None where nothing was."""

    def forget_details(self, athlete_id: str) -> bool:
        """Remove an athlete's details for good; whether there were any."""
