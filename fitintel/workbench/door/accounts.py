"""Accounts at services, connected and kept in step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.athletes import AthleteDoor
from fitintel.workbench.door.base import Progress

if TYPE_CHECKING:
    from fitintel.core.connections import Connection
    from fitintel.ingest.connectors.contract import Event, Started
    from fitintel.workbench.accounts import Disconnected, Office
    from fitintel.workbench.synced import SyncReport


class AccountDoor(AthleteDoor):
    """Verbs on connected accounts."""

    def _office(self) -> Office:
        from fitintel.workbench.accounts import Office

        return Office(self.store, self.blobs, self.settings)

    def begin_connection(self, provider: str, redirect_uri: str, *, athlete_id: str | None = None) -> Started:
        """Begin to connect an account: `url` is where the athlete allows it."""
        from fitintel.workbench.accounts import begin
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.CONNECTION)
        return begin(self._office(), athlete.id, provider, redirect_uri)

    def finish_connection(self, provider: str, redirected: str, *, athlete_id: str | None = None) -> Connection:
        """Connect the account, with the address to which the athlete was sent back."""
        from fitintel.workbench.accounts import finish
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.CONNECTION)
        return finish(self._office(), athlete.id, provider, redirected)

    def connect_with_key(self, provider: str, key: str, *, athlete_id: str | None = None) -> Connection:
        """Connect an account with its personal API key."""
        from fitintel.workbench.accounts import with_key
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.CONNECTION)
        return with_key(self._office(), athlete.id, provider, key)

    def connections(self, athlete_id: str | None = None, provider: str | None = None) -> tuple[Connection, ...]:
        """Connected accounts, without what opens them."""
        athlete_id = athlete_id or self.actor.athlete_id
        self.may(Action.READ, athlete_id, Kind.CONNECTION)
        from dataclasses import replace

        found = self.store.connections(None if athlete_id is None else self.athlete(athlete_id).id, provider)
        return tuple(replace(each, sealed=b"") for each in found)

    def sync(
        self, athlete_id: str | None = None, *, provider: str | None = None, since: str | int | None = None,
        reparse: bool = False, progress: Progress | None = None,
    ) -> tuple[SyncReport, ...]:  # fmt: skip
        """Bring in what is new, changed or deleted at connected services; one report an account."""
        athlete_id = athlete_id or self.actor.athlete_id
        self.may(Action.USE, athlete_id, Kind.CONNECTION)
        from fitintel.workbench import syncing

        chosen = syncing.chosen(self, athlete_id, provider)
        if reparse:
            return syncing.reparse(self._office(), chosen, progress)
        return syncing.sync(self._office(), chosen, since=syncing.moment(since), progress=progress)

    def disconnect(self, provider: str, *, athlete_id: str | None = None, forget: bool = False) -> Disconnected:
        """Take the permission back and forget the tokens; `forget` removes all that was fetched."""
        from fitintel.workbench.accounts import disconnect
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.DELETE, athlete.id, Kind.CONNECTION)
        return disconnect(self._office(), athlete.id, provider, forget=forget)

    def receive(self, provider: str, headers: Mapping[str, str], body: bytes) -> tuple[Event, ...]:
        """Note what a service's message says has changed; raises ForgedEvent unless the service has sent it."""
        from fitintel.workbench.webhooks import receive

        self.may(Action.USE, kind=Kind.CONNECTION)
        return receive(self._office(), provider, headers, body)

    def challenge(self, provider: str, query: Mapping[str, str]) -> dict[str, str]:
        """The answer to a service that checks the address for its messages."""
        from fitintel.workbench.webhooks import challenge

        return challenge(self._office(), provider, query)
