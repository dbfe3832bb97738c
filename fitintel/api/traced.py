"""A span around each request: of the trace that the gateway began for it, with the name of the route, not the path."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.core.spans import kept, span

HEADER = "traceparent"
"""W3C Trace Context; the gateway replaces whatever a client sends"""
SAID = "fitintel_span"
"""what the span of a request says, in its scope: middleware on the way copies the scope and not this"""


class Traced:
    """Outermost of all: what the others do is part of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and keep how long it took."""
        if scope["type"] != "http" or not kept():
            await self._app(scope, receive, send)
            return
        with span("request", Headers(scope=scope).get(HEADER), surface="api", method=scope["method"]) as said:

            async def begun(message: Message) -> None:
                if message["type"] == "http.response.start":
                    said["status"] = message["status"]
                await send(message)

            scope[SAID] = said
            await self._app(scope, receive, begun)


async def named(request: HTTPConnection) -> None:
    """Let the span of a request say its route; for every route."""
    if (said := request.scope.get(SAID)) is not None:
        said["route"] = request.scope["route"].path
