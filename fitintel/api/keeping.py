"""The middleware that gives out answers which are kept (kept.py), and keeps those that may be.

Kept by the token, the address and the question.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.api.bodies import said_again, whole
from fitintel.api.headers import LARGEST, headers_of
from fitintel.api.kept import Kept, Made
from fitintel.api.turnstile import Turnstile
from fitintel.api.who import token_ends
from fitintel.core import days
from fitintel.core.counted import count
from fitintel.workbench.facts import StoredFacts

BYTES = 64_000_000
"""of all kept answers together"""
PATH, QUERIES = "/api/v1/athletes", "/api/v1/graphql"
"""under which answers are kept"""
REVALIDATED = "private, no-cache"
"""A client may keep it too, and asks each time whether it still holds."""
Key = tuple[Any, ...]


class Keeping:
    """Gives out what is kept, and keeps what may be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._making: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, from what is kept where it holds."""
        if scope["type"] != "http" or not scope["path"].startswith((PATH, QUERIES)):
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        question = b""
        if scope["method"] == "POST" and scope["path"] == QUERIES and b"idempotency-key" not in headers:
            body = await whole(receive, LARGEST)
            if body is None:
                await self._app(scope, receive, send)
                return
            question, receive = hashlib.sha256(body).digest(), said_again(body)
        elif scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        wanted = headers.get(b"if-none-match") if scope["method"] == "GET" else None
        client = scope.get("client")
        key = (scope["path"], scope["query_string"], question, headers.get(b"authorization"), headers.get(b"accept"),
               headers.get(b"accept-encoding"), headers.get(b"content-type"), client[0] if client else "")  # fmt: skip
        if await self._given(key, wanted, scope, send):
            return
        if (others := self._making.get(key)) is not None:
            # made once for all who ask at the same time; each passes the turnstile
            await others.wait()
            if await self._given(key, wanted, scope, send):
                return
        turn = self._making[key] = asyncio.Event()

        def ready() -> None:
            turn.set()
            if self._making.get(key) is turn:
                del self._making[key]

        try:
            await self._make(key, wanted, scope, receive, send, ready)
        finally:
            ready()

    async def _given(self, key: Key, wanted: bytes | None, scope: Scope, send: Send) -> bool:
        """Whether it was answered from what is kept."""
        found = self._kept.get(key)
        if found is None:
            return False
        turnstile: Turnstile = scope["app"].state.turnstile
        if not await turnstile.passes(found.stamp.revisions.keys(), found.notes_under):
            if self._kept.get(key) is found:
                self._forget(key)
            return False
        if key in self._kept:
            self._kept.move_to_end(key)
        count("caches", level="rendered", outcome="hit")
        await _give(found, wanted, send)
        return True

    async def _make(
        self, key: Key, wanted: bytes | None, scope: Scope, receive: Receive, send: Send, ready: Callable[[], None]
    ) -> None:  # fmt: skip
        # the whole answer is made, also for who has it already: the next one may not
        asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]}
        asked.setdefault("state", {})
        start: Message = {}
        held: list[bytes] | None = []
        count("caches", level="rendered", outcome="miss")

        async def caught(message: Message) -> None:
            nonlocal start, held
            if message["type"] == "http.response.start":
                start = message
                if "keep" not in asked["state"] or message["status"] != 200:
                    held = None
                    ready()  # nobody waits for what is not kept
                    await send(message)
            elif held is None:
                await send(message)
            else:
                held.append(message.get("body", b""))

        await self._app(asked, receive, caught)
        if held is None or not start:
            return
        made = _kept(b"".join(held), start, asked)
        self._forget(key)
        self._kept[key] = made
        self._size += len(made.body)
        while self._size > BYTES:
            self._forget(next(iter(self._kept)))
        ready()  # before it is sent: who waits need not wait for a slow line
        await _give(made, wanted, send)

    def _forget(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._size -= len(gone.body)


def _kept(body: bytes, start: Message, scope: Scope) -> Kept:
    state = scope["state"]
    made: Made = state["keep"]
    headers = MutableHeaders(raw=list(start["headers"]))
    tag = headers.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if scope["method"] == "GET":
        headers["etag"], headers["cache-control"] = tag, REVALIDATED
        headers.add_vary_header("authorization")
    headers["content-length"] = str(len(body))
    _, _, token = headers_of(scope).get(b"authorization", b"").decode("latin-1").partition(" ")
    facts = made.bench.facts
    assert isinstance(facts, StoredFacts)
    ends = [facts.until, token_ends(scope["app"].state.gate, token) if token else None]
    until = min((one for one in ends if one is not None), default=None)
    return Kept(headers.raw, body, tag.encode(), list(state["audit"].added), made.stamp, made.told, until, days.today())


async def _give(kept: Kept, wanted: bytes | None, send: Send) -> None:
    if wanted is not None:
        count("caches", level="http", outcome="hit" if wanted == kept.tag else "miss")
    if wanted == kept.tag:
        headers = [pair for pair in kept.headers if pair[0] not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": kept.body})
