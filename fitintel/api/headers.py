"""What every answer carries, and what no request may: security headers, the size of a body, foreign hosts."""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.api.problems import problem

LARGEST = 1024 * 1024
"""bytes of a body; uploads have a limit of their own"""
UPLOAD = "/imports"
"""last part of the path that takes files"""
LARGEST_UPLOAD = 512 * 1024 * 1024
ALWAYS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # with no-referrer a browser would not say either which page sends a form
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
PRIVATE = "private, no-store"
"""Health data are kept by nobody on the way, unless a route says otherwise."""
_ALWAYS = tuple((name.encode(), value.encode()) for name, value in (*ALWAYS.items(), ("cache-control", PRIVATE)))


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers of a request; of one that comes twice the first.

    >>> headers_of({"headers": [(b"host", b"here"), (b"host", b"there")]})
    {b'host': b'here'}
    """
    return dict(reversed(scope["headers"]))


class Guarded:
    """Refuses requests to other hosts and bodies that are too large; adds the headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        limit = LARGEST_UPLOAD if scope["path"].endswith(UPLOAD) else LARGEST
        host = headers.get(b"host", b"").decode("latin-1").rsplit(":", 1)[0].strip("[]").lower()
        # a name that an attacker lets point to this machine is none of ours (DNS rebinding)
        if "*" not in self._hosts and host not in self._hosts:
            await problem(421, "ForeignHost", "This server does not answer for that host")(scope, receive, send)
            return
        said = headers.get(b"content-length", b"0").decode("latin-1")
        if not said.isdecimal() or int(said) > limit:
            await problem(413, "TooLarge", "The body is too large", detail=f"the limit is {limit:,} bytes")(
                scope, receive, send
            )
            return
        seen, begun, over = 0, False, False

        async def counted() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                over = True
                # what says no length is cut where the limit is; the route then finds it incomplete
                return {"type": "http.disconnect"}
            return message

        async def finished(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                said = message["headers"]
                there = {name for name, _ in said}
                message = {**message, "headers": [*said, *(pair for pair in _ALWAYS if pair[0] not in there)]}
            await send(message)

        await self._app(scope, counted, finished)
        if over and not begun:
            await problem(413, "TooLarge", "The body is too large")(scope, receive, send)
