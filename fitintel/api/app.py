"""create_app(): the server of one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from fitintel.api import graphql, live, login, problems
from fitintel.api.examples import with_examples
from fitintel.api.headers import Guarded
from fitintel.api.hub import Hub
from fitintel.api.keeping import Keeping
from fitintel.api.packing import Packing
from fitintel.api.repeats import Repeats
from fitintel.api.rest import router
from fitintel.api.sockets import Sockets
from fitintel.api.together import AuditTogether
from fitintel.api.traced import Traced, named
from fitintel.api.turnstile import Turnstile
from fitintel.core import fit_for_production
from fitintel.core import settings as settings_
from fitintel.core.release import RELEASE
from fitintel.core.settings import Settings
from fitintel.workbench.facts import Known
from fitintel.workbench.monitoring import logs
from fitintel.workbench.sessions import Gate

PREFIX = "/api/v1"
LOCAL = ("localhost", "127.0.0.1", "::1")
"""hosts that a server on this machine answers for"""


class Described(FastAPI):
    """The application, whose document has examples."""

    def openapi(self) -> dict[str, Any]:
        """The document."""
        return with_examples(super().openapi())


def health() -> dict[str, str]:
    """The server is up."""
    return {"status": "up"}


def _named(route: APIRoute) -> str:
    """How generated clients call a route: as its function is called here, which tests hold to be unique."""
    return route.name


def served() -> FastAPI:
    """The server of the workspace that the environment names; what uvicorn starts."""
    logs.install()
    settings = settings_.read()
    if settings.access == "gate":
        fit_for_production.check(settings)
    public = urlsplit(settings.account("PUBLIC_URL") or "").hostname
    return create_app(settings, hosts=[*LOCAL, *([public] if public else [])])


def create_app(settings: Settings, *, hosts: Collection[str] = LOCAL) -> FastAPI:
    """The server of the workspace that `settings` name; it answers for `hosts` only."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        app.state.settings, app.state.gate, app.state.hosts = settings, Gate(settings), frozenset(hosts)
        app.state.known, app.state.audit = Known(), AuditTogether(app.state.gate.vault, settings)
        app.state.turnstile = Turnstile(app.state.gate, app.state.audit)
        app.state.hub = Hub(app.state.gate)
        async with app.state.hub.running():
            yield
        app.state.turnstile.close()
        app.state.gate.close()

    app = Described(
        title="fitintel", version=RELEASE, lifespan=living, openapi_url=f"{PREFIX}/openapi.json", docs_url=None,
        redoc_url=None, responses=problems.RESPONSES, dependencies=[Depends(named)],
        generate_unique_id_function=_named,
        description="The same records that people read, for other software: every figure with its unit, its "
        "uncertainty and the run that made it. SI units throughout; missing is null, never 0.",
    )  # fmt: skip
    problems.install(app)
    app.include_router(router, prefix=PREFIX)
    app.include_router(live.router, prefix=PREFIX)
    app.include_router(graphql.router, prefix=PREFIX, include_in_schema=False)
    app.include_router(login.router)
    app.add_api_route(f"{PREFIX}/health", health, tags=["server"])
    app.add_middleware(Repeats)
    app.add_middleware(Packing)
    app.add_middleware(Keeping)
    app.add_middleware(problems.Answering)
    app.add_middleware(Sockets, hosts=hosts)
    app.add_middleware(Guarded, hosts=hosts)
    app.add_middleware(Traced)
    return app
