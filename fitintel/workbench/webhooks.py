"""Messages of services: checked, noted for the next sync, answered at once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.core.connections import Awaited, ConnectionState
from fitintel.ingest.connectors.contract import Change, Event

if TYPE_CHECKING:
    from fitintel.workbench.accounts import Office


def receive(office: Office, provider: str, headers: Mapping[str, str], body: bytes) -> tuple[Event, ...]:
    """Note what a message says; the events that concern a connected account.

    Nothing is believed but that something changed: the next sync asks the service itself. So the order of messages does
    not matter, the same message twice changes nothing, and none can reach another athlete's workouts. An event about an
    account that is not connected here is passed over.

    Raises:
        ForgedEvent: the message does not prove that the service sent it, or is too old; nothing was noted.
        UsageError: the secret for such messages is not set.
    """
    with office.connector(provider) as connector:
        events = connector.verify(headers, body, time.time())
    mine = []
    now = datetime.now(UTC)
    for event in events:
        for connection in office.store.connections(provider=provider):
            if connection.account != event.account or connection.state is not ConnectionState.ACTIVE:
                continue
            mine.append(event)
            if event.change is Change.REVOKED:
                office.store.note_sync(connection.athlete_id, provider, error="The permission was taken back there.",
                                       state=ConnectionState.LOST)  # fmt: skip
            else:
                office.store.put_awaited([Awaited(connection.athlete_id, provider, event.external_id, now)])
    return tuple(mine)


def challenge(office: Office, provider: str, query: Mapping[str, str]) -> dict[str, str]:
    """What to answer when a service checks the address for its messages; raises ForgedEvent for anyone else."""
    with office.connector(provider) as connector:
        return connector.challenge(query)
