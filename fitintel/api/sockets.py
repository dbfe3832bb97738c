"""What every WebSocket is held to, whichever protocol it speaks: where it comes from, how long and how many messages.

Nothing before the server looks into messages: a web application firewall sees the handshake only.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 64 * 1024
"""bytes of one message"""
MESSAGES = 20
"""a second from one socket"""
TOO_LONG, TOO_MANY, NO_TEXT, REFUSED = 1009, 1008, 1003, 1008
"""codes with which a socket is closed (RFC 6455)"""


class Sockets:
    """Refuses sockets that pages of other sites open; closes those that send too much."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if not self._from_here(Headers(scope=scope)):
            await receive()
            # before it is accepted: the handshake is answered with 403
            await send({"type": "websocket.close", "code": REFUSED, "reason": "This server does not answer for that"})
            return
        window, heard, closed = time.monotonic(), 0, False

        async def measured() -> Message:
            nonlocal window, heard, closed
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            now = time.monotonic()
            window, heard = (now, 1) if now - window >= 1.0 else (window, heard + 1)
            text = message.get("text")
            code = (
                NO_TEXT if text is None else TOO_LONG if len(text.encode("utf-8", "surrogatepass")) > LONGEST
                else TOO_MANY if heard > MESSAGES else 0
            )  # fmt: skip
            if not code:
                return message
            closed = True
            await send({"type": "websocket.close", "code": code, "reason": ""})
            return {"type": "websocket.disconnect", "code": code, "reason": ""}

        async def sent(message: Message) -> None:
            # the application may still be writing to what was closed here
            if not closed:
                await send(message)

        await self._app(scope, measured, sent)

    def _from_here(self, headers: Headers) -> bool:
        """Whether a page of this server opened it, or no page at all: a browser says which page."""
        origin = headers.get("origin")
        if origin is None or "*" in self._hosts:
            return True
        try:
            return (urlsplit(origin).hostname or "") in self._hosts
        except ValueError:
            return False
