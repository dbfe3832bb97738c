"""Connected accounts, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from fitintel.core.connections import Awaited, Connection, ConnectionState, Payload, Tombstone
from fitintel.storage.store import Store


class CachedConnections:
    """The part of CachedStore that passes on connected accounts: few, and always wanted as they are now."""

    _store: Store

    def put_connection(self, connection: Connection) -> None:
        """Insert or replace a connection; raises NotFound for an unknown athlete."""
        self._store.put_connection(connection)

    def connections(self, athlete_id: str | None = None, provider: str | None = None) -> tuple[Connection, ...]:
        """Connections, by athlete and provider."""
        return self._store.connections(athlete_id, provider)

    def lease_tokens(self, athlete_id: str, provider: str, generation: int, now: float, until: float) -> bool:
        """Whether this caller alone may renew the tokens of that generation, until a time [s since 1970]."""
        return self._store.lease_tokens(athlete_id, provider, generation, now, until)

    def put_tokens(
        self, athlete_id: str, provider: str, sealed: bytes, expires_at: float | None, *, generation: int
    ) -> bool:
        """Replace the tokens of `generation`; those that someone stored meanwhile only if these expire later."""
        return self._store.put_tokens(athlete_id, provider, sealed, expires_at, generation=generation)

    def note_sync(
        self, athlete_id: str, provider: str, *, error: str = "", at: datetime | None = None,
        retry_at: datetime | None = None, cursor: float | None = None, state: ConnectionState | None = None,
    ) -> None:  # fmt: skip
        """How the last sync went. `cursor` only ever grows; state LOST also forgets the tokens."""
        self._store.note_sync(athlete_id, provider, error=error, at=at, retry_at=retry_at, cursor=cursor, state=state)

    def remove_connection(self, athlete_id: str, provider: str) -> None:
        """Forget a connection and its tokens; what was fetched stays. Raises NotFound when there is none."""
        self._store.remove_connection(athlete_id, provider)

    def put_payload(self, payload: Payload, *, cursor: float | None = None) -> None:
        """Keep what was fetched, supersede earlier versions, advance the cursor: one transaction."""
        self._store.put_payload(payload, cursor=cursor)

    def payloads(
        self, athlete_id: str, provider: str, *, kind: str | None = None, external_id: str | None = None,
        superseded: bool = False,
    ) -> tuple[Payload, ...]:  # fmt: skip
        """What was fetched, by start and id; superseded versions only when asked for."""
        return self._store.payloads(athlete_id, provider, kind=kind, external_id=external_id, superseded=superseded)

    def forget_payloads(self, athlete_id: str, provider: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove all that was fetched, with its workouts: their number, and kind -> digests of files to remove."""
        return self._store.forget_payloads(athlete_id, provider)

    def put_awaited(self, items: Sequence[Awaited]) -> None:
        """Note what webhooks said has changed; the same thing twice is noted once."""
        self._store.put_awaited(items)

    def awaited(self, athlete_id: str, provider: str) -> tuple[str, ...]:
        """External ids that webhooks named and no sync has looked at yet, oldest first."""
        return self._store.awaited(athlete_id, provider)

    def settle_awaited(self, athlete_id: str, provider: str, external_ids: Collection[str]) -> None:
        """These were looked at."""
        self._store.settle_awaited(athlete_id, provider, external_ids)

    def bury(self, tombstone: Tombstone) -> None:
        """Hide the workouts of something that was deleted at its service, in one transaction; twice is as once."""
        self._store.bury(tombstone)

    def unbury(self, tombstone: Tombstone) -> None:
        """Show the workouts again: the service has them once more, or a person wants them."""
        self._store.unbury(tombstone)

    def tombstones(self, athlete_id: str, provider: str | None = None) -> tuple[Tombstone, ...]:
        """What was deleted at a service and not restored, by time."""
        return self._store.tombstones(athlete_id, provider)
