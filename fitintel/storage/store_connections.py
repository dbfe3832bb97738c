"""The part of the Store's interface that keeps connected accounts, and what was fetched from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from fitintel.core.connections import Awaited, Connection, ConnectionState, Payload, Tombstone


class ConnectionStore(Protocol):
    """Permissions at services, the payloads they gave, and what was deleted there."""

    def put_connection(self, connection: Connection) -> None:
        """Insert or replace a connection; raises NotFound for an unknown athlete."""

    def connections(self, athlete_id: str | None = None, provider: str | None = None) -> tuple[Connection, ...]:
        """Connections, by athlete and provider."""

    def lease_tokens(self, athlete_id: str, provider: str, generation: int, now: float, until: float) -> bool:
        """Whether this caller alone may renew the tokens of that generation, until a time [s since 1970]."""

    def put_tokens(
        self, athlete_id: str, provider: str, sealed: bytes, expires_at: float | None, *, generation: int
    ) -> bool:
        """Replace the tokens of `generation`; those that someone stored meanwhile only if these expire later."""

    def note_sync(
        self, athlete_id: str, provider: str, *, error: str = "", at: datetime | None = None,
        retry_at: datetime | None = None, cursor: float | None = None, state: ConnectionState | None = None,
    ) -> None:  # fmt: skip
        """How the last sync went. `cursor` only ever grows; state LOST also forgets the tokens."""

    def remove_connection(self, athlete_id: str, provider: str) -> None:
        """Forget a connection and its tokens; what was fetched stays. Raises NotFound when there is none."""

    def put_payload(self, payload: Payload, *, cursor: float | None = None) -> None:
        """Keep what was fetched, supersede earlier versions, advance the cursor: one transaction."""

    def payloads(
        self, athlete_id: str, provider: str, *, kind: str | None = None, external_id: str | None = None,
        superseded: bool = False,
    ) -> tuple[Payload, ...]:  # fmt: skip
        """What was fetched, by start and id; superseded versions only when asked for."""

    def forget_payloads(self, athlete_id: str, provider: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove all that was fetched, with its workouts: their number, and kind -> digests of files to remove."""

    def put_awaited(self, items: Sequence[Awaited]) -> None:
        """Note what webhooks said has changed; the same thing twice is noted once."""

    def awaited(self, athlete_id: str, provider: str) -> tuple[str, ...]:
        """External ids that webhooks named and no sync has looked at yet, oldest first."""

    def settle_awaited(self, athlete_id: str, provider: str, external_ids: Collection[str]) -> None:
        """These were looked at."""

    def bury(self, tombstone: Tombstone) -> None:
        """Hide the workouts of something that was deleted at its service, in one transaction; twice is as once."""

    def unbury(self, tombstone: Tombstone) -> None:
        """Show the workouts again: the service has them once more, or a person wants them."""

    def tombstones(self, athlete_id: str, provider: str | None = None) -> tuple[Tombstone, ...]:
        """What was deleted at a service and not restored, by time."""
