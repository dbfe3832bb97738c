"""Who asks: the actor of a request, and the workbench that is bound to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.requests import HTTPConnection
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from fitintel.access.actor import Actor
from fitintel.core.errors import LogInRefused
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate

SURFACE = "rest"
_bearer = HTTPBearer(auto_error=False, description="An access token of POST /sessions, or an API token.")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def gate_of(request: HTTPConnection) -> Gate:
    """The gate of the workspace that this server serves."""
    gate: Gate = request.app.state.gate
    return gate


def address_of(request: Request) -> str:
    """Where the request comes from; behind a proxy uvicorn has put there what the proxy said."""
    return request.client.host if request.client else ""


def actor_of(request: Request, shown: Shown) -> Actor:
    """Who shows this token; without one the owner of a workspace without accounts, on this machine only.

    A page that another site opened in the owner's browser has no token either: what it sends names another host, and is
    refused before (headers.py).
    """
    gate = gate_of(request)
    if shown is not None:
        return gate.actor(shown.credentials, surface=SURFACE)
    if request.headers.get("authorization"):
        raise LogInRefused("This log-in is over", next="send `Authorization: Bearer TOKEN`")
    if gate.vault.accounts():
        raise LogInRefused("Log in first", next="POST /api/v1/sessions")
    return gate.local(address_of(request)).through(SURFACE)


def bench_of(request: Request, actor: Annotated[Actor, Depends(actor_of)]) -> Iterator[Workbench]:
    """The workbench of who asks. Its connections are the server's; what it may see is the actor's."""
    bench = Workbench(request.app.state.settings, actor, surface=SURFACE, why="request of other software")
    bench.__dict__["vault"] = gate_of(request).vault
    request.state.bench = bench
    yield bench


Bench = Annotated[Workbench, Depends(bench_of)]
