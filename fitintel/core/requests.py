"""What requests leave behind: how fresh an answer is, answers that are given again, and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer was made from: while all are as they were, the same question has the same answer."""

    rights: int
    """grows with every change of accounts, roles, squads, consents, tokens, promotions and preferences, and with each
    new athlete"""
    revisions: Mapping[str, int] = field(default_factory=dict)
    """athlete -> the revision of their facts; who is not there is left out"""
    told: int = 0
    """grows with every change of what briefs told anybody"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A request with a key of its own, and its answer once there is one."""

    account_id: str
    digest: str
    """of the key"""
    asked: str
    """digest of the request"""
    athlete_id: str | None
    at: datetime
    status: int = 0
    """of the answer; 0 while the request is under way"""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class JobState(StrEnum):
    """How far a job is."""

    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Work that goes on after its request was answered."""

    id: str
    account_id: str
    """who asked for it"""
    athlete_id: str | None
    kind: str
    at: datetime
    heard_at: datetime
    """when it last said how far it is; one that is silent for long was cut off"""
    state: JobState = JobState.WORKING
    done: int = 0
    total: int = 0
    result: Any = None
    """what its request would have answered, or the problem"""
