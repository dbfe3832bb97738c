"""What every connected service can do, and the words in which it is asked. Nothing here stores anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fitintel.ingest.connectors.access import Access
    from fitintel.ingest.connectors.wire import Wire

Tell = Callable[[str], None]
"""Called with what is being done."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What opens an account. It is never printed: its secrets are not in its `repr`."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: float | None = None
    """s since 1970-01-01 UTC; None: it does not expire"""
    scopes: tuple[str, ...] = ()
    account: str = ""
    """the service's id of the athlete"""
    key: bool = False
    """a personal API key instead of a token"""

    def to_bytes(self) -> bytes:
        """The grant for sealing."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Grant:
        """The grant of `to_bytes`.

        >>> Grant.from_bytes(Grant("a", "b", 5.0, ("read",), "7").to_bytes())
        Grant(expires_at=5.0, scopes=('read',), account='7', key=False)
        """
        values = json.loads(data)
        return cls(**{**values, "scopes": tuple(values["scopes"])})


@dataclass(frozen=True, slots=True)
class Started:
    """An authorisation that was begun: where to send the person, and what their answer is checked against."""

    url: str
    redirect_uri: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    at: float = 0.0
    """s since 1970-01-01 UTC"""

    def to_bytes(self) -> bytes:
        """The authorisation for sealing."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Started:
        """The authorisation of `to_bytes`."""
        return cls(**json.loads(data))


@dataclass(frozen=True, slots=True)
class Listed:
    """One workout as the service lists it."""

    external_id: str
    start: float | None
    """s since 1970-01-01 UTC; None where the list does not say it as documented"""
    digest: str
    """changes when the service changes something that matters"""
    withheld: str = ""
    """why the service does not give it out; it is then not fetched"""

    @property
    def place(self) -> tuple[bool, float, str]:
        """Where it stands in order: by start, those without one last."""
        return self.start is None, self.start or 0.0, self.external_id


@dataclass(frozen=True, slots=True)
class Fetched:
    """One workout as the service gave it: raw bytes that the file sources read."""

    external_id: str
    name: str
    """under which it stands in the import ledger"""
    data: bytes
    kind: str = "activity"
    start: float | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of wellness as the service gave it."""

    external_id: str
    data: bytes
    """JSON object"""
    digest: str


class Change(StrEnum):
    """What an event says."""

    WORKOUT = "workout"  # created, changed or deleted: the service is asked which
    REVOKED = "revoked"  # the athlete took the permission back


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a service says has happened to an account."""

    change: Change
    account: str
    external_id: str = ""
    at: float = 0.0
    """s since 1970-01-01 UTC"""


class Connector(Protocol):
    """One external API. Every method raises UpstreamError when the service fails, UsageError without its settings."""

    name: str
    title: str
    host: str
    wire: Wire
    personal_key: bool
    """it can be opened with a key that the athlete copies from its settings page"""

    def authorise(self, redirect_uri: str, now: float) -> Started:
        """Begin: the address where the athlete says yes."""

    def exchange(self, started: Started, redirected: str) -> Grant:
        """Finish: what opens the account, from the address to which the athlete was sent back.

        Raises AccessLost when the athlete said no, UsageError when the address is not an answer to `started`.
        """

    def with_key(self, key: str) -> Grant:
        """What opens the account, from a personal key. Raises UsageError where there is no such thing."""

    def renew(self, grant: Grant) -> Grant:
        """A grant that lasts longer. Raises AccessLost when the service no longer renews it."""

    def revoke(self, access: Access) -> None:
        """Take the permission back at the service."""

    def listed(self, access: Access, since: float | None, tell: Tell) -> Sequence[Listed]:
        """Every workout that starts at or after a time [s since 1970-01-01 UTC], each once, by start."""

    def fetch(self, access: Access, external_id: str) -> Fetched | None:
        """One workout; None when the service says that it does not exist."""

    def gone(self, access: Access, external_id: str) -> bool:
        """Whether the service says that a workout does not exist."""

    def wellness(self, access: Access, since: float | None, tell: Tell) -> Sequence[Day]:
        """Days of wellness from a time on, by day; () where the service has none."""

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> tuple[Event, ...]:
        """The events in a webhook message. Raises ForgedEvent unless the message proves that the service sent it."""

    def challenge(self, query: Mapping[str, str]) -> dict[str, str]:
        """What to answer when the service checks a webhook address. Raises ForgedEvent for anyone else."""

    def close(self) -> None:
        """Release connections."""
