"""Connected accounts: begun, finished, renewed, listed, taken back. Tokens are sealed before they are stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.errors import AccessLost, NotFound, UpstreamError, UsageError
from fitintel.ingest.connectors.catalogue import known, open_connector
from fitintel.storage.sealed import Sealer, name_of, workspace_key
from fitintel.workbench.keyring import keyring_of

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.ingest.connectors.access import Access
    from fitintel.ingest.connectors.contract import Connector, Grant, Started
    from fitintel.ingest.connectors.safe import Limits
    from fitintel.storage.store import Blobs, Store

LEASE = 150.0
"""s for which one process alone renews tokens; it may be dead by then."""
LOOK_AGAIN = 0.1
"""s between two looks whether another process has renewed them."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where accounts are kept, and how their services are reached."""

    store: Store
    blobs: Blobs
    settings: Settings
    limits: Limits | None = None

    def sealer(self, athlete_id: str) -> Sealer:
        """Seals with the athlete's key."""
        return keyring_of(self.settings).sealer(athlete_id)

    def opened(self, connection: Connection, *state: str) -> bytes:
        """What is sealed in a connection; raises SealBroken."""
        belongs_to = connection.athlete_id, connection.provider, *state
        workspace = Sealer(workspace_key(self.settings.home, self.settings.account("SECRET_KEY")))
        name = name_of(connection.sealed)
        if name is None or workspace.sealed(connection.sealed):  # as tokens were sealed before athletes had keys
            return workspace.open(connection.sealed, *belongs_to)
        keys = keyring_of(self.settings)
        return keys.opener(keys.mark(connection.athlete_id), name).open(connection.sealed, *belongs_to)

    @contextmanager
    def connector(self, provider: str) -> Iterator[Connector]:
        """The connector of a service, closed at the end."""
        found = open_connector(provider, self.settings.account, self.limits)
        try:
            yield found
        finally:
            found.close()

    def connection(self, athlete_id: str, provider: str) -> Connection:
        """The connection; raises NotFound, with what to do."""
        found = self.store.connections(athlete_id, known(provider))
        if not found:
            raise NotFound(f"{athlete_id} has no connection to {provider}", next=f"fitintel connect {provider}")
        return found[0]


def begin(office: Office, athlete_id: str, provider: str, redirect_uri: str) -> Started:
    """Begin: where the athlete says yes. An active connection stays as it is until the new one is finished."""
    with office.connector(provider) as connector:
        started = connector.authorise(redirect_uri, time.time())
    before = office.store.connections(athlete_id, provider)
    if before and before[0].state is ConnectionState.ACTIVE:
        raise UsageError(f"{athlete_id} is connected to {connector.title} already",
                         next=f"fitintel sync, or first: fitintel disconnect {provider}")  # fmt: skip
    made = before[0] if before else Connection(athlete_id, provider, ConnectionState.STARTED)
    sealed = office.sealer(athlete_id).seal(started.to_bytes(), athlete_id, provider, "started")
    office.store.put_connection(replace(made, state=ConnectionState.STARTED, sealed=sealed, expires_at=None))
    return started


def finish(office: Office, athlete_id: str, provider: str, redirected: str) -> Connection:
    """Finish: the address to which the athlete was sent back opens the account."""
    from fitintel.ingest.connectors.contract import Started

    waiting = office.connection(athlete_id, provider)
    if waiting.state is not ConnectionState.STARTED:
        raise UsageError("No connection was begun", next=f"fitintel connect {provider}")
    started = Started.from_bytes(office.opened(waiting, "started"))
    with office.connector(provider) as connector:
        return _keep(office, athlete_id, provider, connector.exchange(started, redirected))


def with_key(office: Office, athlete_id: str, provider: str, key: str) -> Connection:
    """Connect with a personal key instead of an authorisation."""
    with office.connector(provider) as connector:
        return _keep(office, athlete_id, provider, connector.with_key(key))


def _keep(office: Office, athlete_id: str, provider: str, grant: Grant) -> Connection:
    before = office.store.connections(athlete_id, provider)
    # another account's history is not the continuation of this one's
    goes_on = bool(before) and before[0].account in ("", grant.account)
    other = [one for one in office.store.connections(provider=provider)
             if one.account == grant.account and one.athlete_id != athlete_id
             and one.state is ConnectionState.ACTIVE]  # fmt: skip
    if other:
        raise UsageError("This account is connected already", why=f"it belongs to {other[0].athlete_id}",
                         next="disconnect it there, or log in to the right account and connect again")  # fmt: skip
    made = Connection(
        athlete_id, provider, ConnectionState.ACTIVE, account=grant.account, scopes=grant.scopes,
        sealed=_sealed(office, athlete_id, provider, grant), expires_at=grant.expires_at,
        cursor=before[0].cursor if goes_on else None, last_sync=before[0].last_sync if goes_on else None,
        generation=before[0].generation + 1 if before else 0,
    )  # fmt: skip
    office.store.put_connection(made)
    return made


def _sealed(office: Office, athlete_id: str, provider: str, grant: Grant) -> bytes:
    return office.sealer(athlete_id).seal(grant.to_bytes(), athlete_id, provider)


def grant_of(office: Office, connection: Connection) -> Grant:
    """What opens the account; raises AccessLost where there is nothing, SealBroken where it was tampered with."""
    from fitintel.ingest.connectors.contract import Grant

    if connection.state is not ConnectionState.ACTIVE:
        raise AccessLost("The account is not connected any more", where=connection.provider,
                         next=f"fitintel connect {connection.provider}")  # fmt: skip
    return Grant.from_bytes(office.opened(connection))


def access(office: Office, connector: Connector, connection: Connection) -> Access:
    """Access to a connected account, whose tokens are renewed when they end."""
    from fitintel.ingest.connectors.access import Access

    renew = _renewal(office, connector, connection.athlete_id, connection.provider)
    return Access(connector.wire, grant_of(office, connection), renew)


def _renewal(office: Office, connector: Connector, athlete_id: str, provider: str) -> Callable[[Grant], Grant]:
    """Renewal by one caller at a time, in whatever process or on whatever machine, and never back to older tokens."""

    def renew(old: Grant) -> Grant:
        until = time.monotonic() + LEASE
        while True:
            stored = office.connection(athlete_id, provider)
            current = grant_of(office, stored)
            if current.access != old.access:
                return current  # another caller was faster
            if office.store.lease_tokens(athlete_id, provider, stored.generation, time.time(), time.time() + LEASE):
                break
            if time.monotonic() > until:
                raise UpstreamError("Another process is renewing the tokens and does not finish", where=provider,
                                    next="run the same command again later")  # fmt: skip
            time.sleep(LOOK_AGAIN)
        try:
            new = connector.renew(current)
        except AccessLost:
            # the service knows the tokens no longer: perhaps another machine has renewed them meanwhile
            later = office.connection(athlete_id, provider)
            if later.generation != stored.generation and later.state is ConnectionState.ACTIVE:
                return grant_of(office, later)
            raise
        except UpstreamError:
            office.store.lease_tokens(athlete_id, provider, stored.generation, time.time() + 2 * LEASE, 0.0)
            raise
        sealed = _sealed(office, athlete_id, provider, new)
        if not office.store.put_tokens(athlete_id, provider, sealed, new.expires_at, generation=stored.generation):
            return grant_of(office, office.connection(athlete_id, provider))  # those that last longer are kept
        return new

    return renew


@dataclass(frozen=True, slots=True)
class Disconnected:
    """What was done when a connection was taken back."""

    provider: str
    revoked: bool
    """the service has confirmed it"""
    why_not: str = ""
    forgotten: int = 0
    """workouts that were removed with what was fetched"""


def disconnect(office: Office, athlete_id: str, provider: str, *, forget: bool = False) -> Disconnected:
    """Take the permission back at the service and forget the tokens; `forget` also removes all that came from it.

    The tokens are forgotten even where the service cannot be reached: then the person must take it back there.
    """
    connection = office.connection(athlete_id, provider)
    revoked, why = False, ""
    if connection.state is ConnectionState.ACTIVE and connection.sealed:
        try:
            with office.connector(provider) as connector:
                connector.revoke(access(office, connector, connection))
            revoked = True
        except (UpstreamError, UsageError) as error:
            why = str(error)
    office.store.remove_connection(athlete_id, provider)
    forgotten = forget_source(office, athlete_id, provider) if forget else 0
    return Disconnected(provider, revoked, why, forgotten)


def forget_source(office: Office, athlete_id: str, provider: str) -> int:
    """Remove what was fetched from a service and the workouts made of it; the number of workouts."""
    removed, digests = office.store.forget_payloads(athlete_id, provider)
    for kind, names in digests.items():
        office.blobs.remove(kind, names)
    return removed
