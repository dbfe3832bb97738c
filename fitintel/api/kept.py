"""Answers that are kept: bytes for who asks the same again, while nothing has changed that they were made from.

Kept by the token, the address and the question; given out under the stamp of rights and the revisions of the athletes
that they were made under, until time alone would change them, on the day on which they were made. Only routes that say
what they were made from (`keep`) take part.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.api.bodies import said_again, whole
from fitintel.api.headers import LARGEST, headers_of
from fitintel.api.turnstile import Turnstile
from fitintel.api.who import ATHLETE, token_ends
from fitintel.core import days
from fitintel.core.audit import Entry
from fitintel.core.counted import count
from fitintel.core.requests import Stamp
from fitintel.workbench.door import Workbench

BYTES = 64_000_000
"""of all kept answers together"""
PATH, QUERIES = "/api/v1/athletes", "/api/v1/graphql"
"""under which answers are kept"""
REVALIDATED = "private, no-cache"
"""A client may keep it too, and asks each time whether it still holds."""
Key = tuple[Any, ...]


class Made(NamedTuple):
    """Who made an answer, and from what."""

    bench: Workbench
    stamp: Stamp
    """of the athletes whose facts are in it, read before they were"""
    told: bool
    """whether what briefs told is in it"""


@dataclass(slots=True)
class Kept:
    """An answer, and what it was made from."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes
    notes: list[Entry]
    stamp: Stamp
    told: bool
    until: datetime | None
    day: int

    def notes_under(self, stamp: Stamp) -> Sequence[Entry] | None:
        """What is to be noted when it is given out under a stamp; None if it no longer holds."""
        now = datetime.now(UTC)
        mine = self.stamp
        if (
            stamp.rights != mine.rights or (self.told and stamp.told != mine.told) or self.day != days.today()
            or (self.until is not None and self.until <= now)
            or any(stamp.revisions.get(one) != revision for one, revision in mine.revisions.items())
        ):  # fmt: skip
            return None
        return [replace(one, at=now) for one in self.notes]


def keep(request: Request, bench: Workbench, shown: Collection[str] | None = None, *, told: bool = False) -> None:
    """Let the answer to this request be kept; it was made by this workbench alone.

    Made from facts of the athletes `shown` (default: the one in the path), and from who may see whom; `told`: also from
    what briefs told.
    """
    stamp: Stamp = request.state.stamp
    named = [request.path_params[ATHLETE]] if shown is None else shown
    # an athlete under another name than their id has no revision here that would say when it no longer holds
    if all(one in stamp.revisions for one in named):
        stamp = replace(stamp, revisions={one: stamp.revisions[one] for one in named})
        request.state.keep = Made(bench, stamp, told)


class Keeping:
    """Gives out what is kept, and keeps what may be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0

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
        found = self._kept.get(key)
        if found is not None:
            turnstile: Turnstile = scope["app"].state.turnstile
            if await turnstile.passes(found.stamp.revisions.keys(), found.notes_under):
                if key in self._kept:
                    self._kept.move_to_end(key)
                count("caches", level="rendered", outcome="hit")
                await _give(found, wanted, send)
                return
            self._forget(key)
        await self._make(key, wanted, scope, receive, send)

    async def _make(self, key: Key, wanted: bytes | None, scope: Scope, receive: Receive, send: Send) -> None:
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
        await _give(made, wanted, send)

    def _forget(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._size -= len(gone.body)


def _kept(body: bytes, start: Message, scope: Scope) -> Kept:
    state, made = scope["state"], scope["state"]["keep"]
    headers = MutableHeaders(raw=list(start["headers"]))
    tag = headers.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if scope["method"] == "GET":
        headers["etag"], headers["cache-control"] = tag, REVALIDATED
        headers.add_vary_header("authorization")
    headers["content-length"] = str(len(body))
    _, _, token = headers_of(scope).get(b"authorization", b"").decode("latin-1").partition(" ")
    ends = [made.bench.facts.until, token_ends(scope["app"].state.gate, token) if token else None]
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
