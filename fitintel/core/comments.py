"""What people say to each other about an athlete: on a day, perhaps about one thing that was told. Never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fitintel.core.errors import UsageError

LONGEST = 2_000
"""characters"""


@dataclass(frozen=True, slots=True)
class Comment:
    """A coach's or an athlete's word. No brief and no algorithm reads it."""

    id: str
    athlete_id: str
    day: int
    """day number of the brief that was looked at"""
    key: str
    """what it speaks of (`Told.key`); empty: the athlete in general"""
    text: str
    by: str
    """actor"""
    at: datetime


def checked(text: str) -> str:
    """The text without space around it; raises UsageError for an empty or too long one.

    >>> checked("  Called her. ")
    'Called her.'
    """
    said = text.strip()
    if not said:
        raise UsageError("The comment is empty", next="write what is to be said")
    if len(said) > LONGEST:
        raise UsageError(f"The comment has {len(said):,} characters", next=f"shorten it to {LONGEST:,}")
    return said
