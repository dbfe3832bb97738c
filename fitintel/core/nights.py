"""What a night leaves behind: how each athlete's brief came to be, and what is on its way to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Done(StrEnum):
    """How an athlete's night ended."""

    MADE = "made"
    UNCHANGED = "unchanged"  # nothing has come in since, and what was made is there
    FAILED = "failed"


class Step(StrEnum):
    """Where an athlete's night can fail."""

    BRIEF = "brief"
    PAGE = "page"
    NOTEBOOK = "notebook"
    WORKER = "worker"  # the process itself ended


@dataclass(frozen=True, slots=True)
class AthleteNight:
    """One athlete's part of a night; a row of the ledger that lets a night go on where it stopped."""

    day: int
    """the day number that the brief is for"""
    athlete_id: str
    done: Done
    inputs: str
    """digest of all that the brief depends on; the same inputs need no second brief"""
    at: datetime
    seconds: float
    brief_id: str = ""
    files: tuple[str, ...] = ()
    """what was written, relative to the folder of briefs"""
    step: Step | None = None
    """where it failed"""
    what: str = ""
    why: str = ""
    next: str = ""


class Sent(StrEnum):
    """What has become of a delivery."""

    WAITING = "waiting"
    SENDING = "sending"  # begun; after a crash it is not known whether it arrived
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets an athlete's briefs, and how."""

    id: str
    athlete_id: str
    channel: str
    address: str
    by: str
    """who asked for it"""
    at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One brief on its way to one recipient. Its id is made of both, so it stands in the outbox once."""

    id: str
    athlete_id: str
    day: int
    brief_id: str
    channel: str
    address: str
    state: Sent
    attempts: int
    at: datetime
    reason: str = ""
    """why the last attempt failed"""


@dataclass(frozen=True, slots=True)
class NightReport:
    """A night as a whole."""

    day: int
    athletes: tuple[AthleteNight, ...]
    """in the order in which they were asked for"""
    deliveries: tuple[Delivery, ...]
    seconds: float

    def count(self, done: Done) -> int:
        """How many athletes ended so."""
        return sum(one.done is done for one in self.athletes)

    @property
    def failed(self) -> tuple[AthleteNight, ...]:
        """Those without a brief."""
        return tuple(one for one in self.athletes if one.done is Done.FAILED)

    @property
    def exit_code(self) -> int:
        """0, or 3 where somebody's brief or a delivery failed."""
        return 3 if self.failed or any(one.state is Sent.GIVEN_UP for one in self.deliveries) else 0
