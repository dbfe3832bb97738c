"""Who asks: the actor of a request, and the workbench that is bound to them.

Each request reads the stamp of rights once. What was found out about an actor under that stamp is not read again:
whatever changes a right changes the stamp, so a revoked token or a withdrawn consent is felt by the next request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.requests import HTTPConnection
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from fitintel.access import tokens
from fitintel.access.actor import Actor
from fitintel.core.audit import Entry
from fitintel.core.errors import LogInRefused
from fitintel.core.requests import Stamp
from fitintel.workbench.auditing import AuditOffice
from fitintel.workbench.door import Workbench
from fitintel.workbench.facts import RESEARCH, Known, StoredFacts
from fitintel.workbench.sessions import Gate

SURFACE = "rest"
ATHLETE = "athlete_id"
"""name of the path parameter that says whose record it is"""
_bearer = HTTPBearer(auto_error=False, description="An access token of POST /sessions, or an API token.")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def gate_of(request: HTTPConnection) -> Gate:
    """The gate of the workspace that this server serves."""
    gate: Gate = request.app.state.gate
    return gate


def known_of(request: HTTPConnection) -> Known:
    """What this server has found out about actors."""
    known: Known = request.app.state.known
    return known


def address_of(request: HTTPConnection) -> str:
    """Where the request comes from; behind a proxy uvicorn has put there what the proxy said."""
    return request.client.host if request.client else ""


def stamp_of(request: Request) -> Stamp:
    """What this request is answered from: read once, before anything else is."""
    athlete_id = request.path_params.get(ATHLETE)
    stamp: Stamp = gate_of(request).vault.stamp((athlete_id,) if athlete_id else ())
    request.state.stamp = stamp
    return stamp


def everybody_of(request: Request, stamp: Annotated[Stamp, Depends(stamp_of)]) -> None:
    """Let the stamp of a request that is about several athletes hold the revision of each, read before they are."""
    request.state.stamp = replace(stamp, revisions=gate_of(request).vault.revisions())


def actor_of(request: Request, shown: Shown, stamp: Annotated[Stamp, Depends(stamp_of)]) -> Actor:
    """Who shows this token; without one the owner of a workspace without accounts, on this machine only.

    A page that another site opened in the owner's browser has no token either: what it sends names another host, and is
    refused before (headers.py).
    """
    if shown is not None:
        return actor_of_token(request, shown.credentials, stamp.rights, SURFACE)
    if request.headers.get("authorization"):
        raise LogInRefused("This log-in is over", next="send `Authorization: Bearer TOKEN`")
    return owner_of(request, stamp.rights, SURFACE)


def actor_of_token(request: HTTPConnection, token: str, rights: int, surface: str) -> Actor:
    """The actor of a token under a stamp of rights; raises LogInRefused."""
    known, key = known_of(request), ("actor", surface, tokens.digest(token))
    found: Actor | None = known.get(key, rights, datetime.now(UTC))
    if found is None:
        found = gate_of(request).actor(token, surface=surface)
        known.put(key, rights, token_ends(gate_of(request), token), found)
    return found


def owner_of(request: HTTPConnection, rights: int, surface: str) -> Actor:
    """The owner of a workspace without accounts, on this machine only; raises LogInRefused, NotAllowed."""
    known, gate, now = known_of(request), gate_of(request), datetime.now(UTC)
    address = address_of(request)
    found: Actor | None = known.get(("owner", address), rights, now)
    if found is None:
        if gate.vault.accounts():
            raise LogInRefused("Log in first", next="POST /api/v1/sessions")
        found = gate.local(address)
        known.put(("owner", address), rights, None, found)
    return found.through(surface)


def token_ends(gate: Gate, token: str) -> datetime | None:
    """When a token that holds now no longer does."""
    digest = tokens.digest(token)
    program = gate.vault.api_token(digest)
    if program is not None:
        return program.expires_at
    found = gate.vault.session_token(digest)
    return None if found is None else min(found[0].expires_at, found[1].expires_at)


def workbench_of(connection: HTTPConnection, actor: Actor, surface: str, why: str, rights: int | None) -> Workbench:
    """A workbench for this actor. Its connections are the server's; what it may see is the actor's."""
    settings = connection.app.state.settings
    bench = Workbench(settings, actor, surface=surface, why=why)
    vault = gate_of(connection).vault
    bench.__dict__["vault"], bench.__dict__["audit"] = vault, connection.app.state.audit
    bench.__dict__["facts"] = StoredFacts(vault, pseudonymised=(settings.home / RESEARCH).exists(),
                                          known=known_of(connection), rights=rights)  # fmt: skip
    return bench


def bench_of(
    request: Request, actor: Annotated[Actor, Depends(actor_of)], stamp: Annotated[Stamp, Depends(stamp_of)]
) -> Iterator[Workbench]:
    """The workbench of who asks."""
    bench = workbench_of(request, actor, SURFACE, "request of other software", stamp.rights)
    request.state.bench = bench
    _remember(request, bench)
    yield bench


class Remembering:
    """The audit chain for one request, which remembers what was added: an answer that is kept adds the same again."""

    def __init__(self, office: AuditOffice) -> None:
        self._office = office
        self.added: list[Entry] = []

    def add(self, entries: Sequence[Entry]) -> None:
        """Add rows; returns when they are kept."""
        self._office.add(entries)
        self.added += entries

    def __getattr__(self, name: str) -> Any:
        return getattr(self._office, name)


def _remember(request: Request, bench: Workbench) -> None:
    """Let `request.state` say which verbs have answered, and what they added to the audit chain."""
    verbs: set[str] = set()
    note = bench.note_reads

    def noted(verb: str, subjects: tuple[str, ...]) -> None:
        note(verb, subjects)
        verbs.add(verb)

    bench.__dict__["note_reads"] = noted
    request.state.verbs = verbs
    request.state.audit = bench.__dict__["audit"] = Remembering(bench.audit)


Bench = Annotated[Workbench, Depends(bench_of)]
