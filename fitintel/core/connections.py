"""The records of connected accounts: whose account, what was fetched from it, and what was deleted there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ConnectionState(StrEnum):
    """What may be done with a connection."""

    STARTED = "started"  # the person was sent to the service and has not come back
    ACTIVE = "active"
    LOST = "needs reconnect"  # the service no longer accepts the permission


@dataclass(frozen=True, slots=True)
class Connection:
    """An athlete's account at a service. What opens the account is sealed and never shown."""

    athlete_id: str
    provider: str
    state: ConnectionState
    account: str = ""
    """the service's own id of the athlete"""
    scopes: tuple[str, ...] = ()
    sealed: bytes = field(default=b"", repr=False)
    """tokens, or while STARTED what the answer is checked against"""
    expires_at: float | None = None
    """s since 1970-01-01 UTC when the access token ends; None: it does not"""
    cursor: float | None = None
    """s since 1970-01-01 UTC: every workout that starts before it was stored"""
    last_sync: datetime | None = None
    last_error: str = ""
    retry_at: datetime | None = None
    """not before this the service should be asked again"""
    generation: int = 0
    """grows with every change of the sealed tokens"""


@dataclass(frozen=True, slots=True)
class Payload:
    """One answer of a service, kept as it came: the raw bytes lie in the file store under `sha256`."""

    athlete_id: str
    provider: str
    kind: str
    """activity, file or wellness"""
    external_id: str
    sha256: str
    listed: str
    """digest of how the service listed it; equal: it need not be fetched again"""
    start: float | None
    """s since 1970-01-01 UTC"""
    fetched_at: datetime
    name: str = ""
    """file name under which it is in the import ledger"""
    workout_ids: tuple[str, ...] = ()
    superseded: bool = False
    """the service has since given a newer version; this one is kept"""
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Something that was deleted at the service. It hides workouts, it does not remove them."""

    athlete_id: str
    provider: str
    external_id: str
    at: datetime
    workout_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that a webhook said has changed; the next sync looks at it."""

    athlete_id: str
    provider: str
    external_id: str
    received_at: datetime
