"""What a rule is: its name, what it says, how bad a breach is, which figures it spoils, what a person can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a breach does to its row."""

    NOTE = "note"  # imported; said once
    WARNING = "warning"  # imported with a warning
    QUARANTINE = "quarantine"  # kept aside until a person mends or accepts it


class Spoils(StrEnum):
    """Which figures of a workout a breach makes unusable."""

    EVERYTHING = "everything"
    DURATION = "duration"
    DISTANCE = "distance"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, what it says, how bad a breach is, what it spoils, what to do."""

    name: str
    says: str
    severity: Severity
    todo: str
    spoils: tuple[Spoils, ...] = ()
