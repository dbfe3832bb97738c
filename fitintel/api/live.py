"""Live events over a WebSocket: plain JSON, authorised when somebody subscribes and again for each event.

    -> {"type": "connect", "token": "fia_..."}                                 (not needed with a header)
    <- {"type": "connected"}
    -> {"type": "subscribe", "topic": "briefs", "athlete": "ann", "after": 41} (after: the last id that was seen)
    <- {"type": "subscribed", "topic": "briefs", "athlete": "ann", "newest": 44}
    <- {"type": "event", "id": 42, "topic": "briefs", "kind": "made", "athlete": "ann", "detail": {...}}

Events stand in the store; what goes over the wire are those with a larger id, so that a new connection goes on where
the last one ended, without gap or repeat. One reader for all sockets asks the store twice a second, so it
does not matter which process something happened in.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import anyio
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from fitintel.access.actor import Action, Actor, Kind
from fitintel.api.who import gate_of
from fitintel.core.errors import FitintelError, LogInRefused, UnknownName, UsageError
from fitintel.core.events import Event, Topic
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate

router = APIRouter()
SURFACE = "websocket"
KINDS = {Topic.IMPORTS: Kind.IMPORT, Topic.BRIEFS: Kind.BRIEF, Topic.ALERTS: Kind.BRIEF,
         Topic.PROMOTIONS: Kind.PROMOTION}  # fmt: skip
"""topic -> what it takes to follow it: to be allowed to read these"""
EVERY = 0.5
"""s between two looks at the store"""
TRUST = 1.0
"""s for which a decision about one athlete and topic holds: a withdrawal is felt within it and one look at the store"""
PATIENCE = 10.0
"""s in which somebody says who they are"""
LONGEST = 64 * 1024
"""characters of one message"""
MESSAGES = 20
"""a second from one socket"""
WAITING = 500
"""events that wait for a slow reader; beyond it the socket is closed, and goes on later where it was"""
REFUSED, SLOW, TOO_MUCH = 4401, 4408, 4429


@dataclass(eq=False)
class Follower:
    """One open socket."""

    bench: Workbench
    queue: asyncio.Queue[Event] = field(default_factory=lambda: asyncio.Queue(WAITING))
    wants: dict[tuple[Topic, str | None], int] = field(default_factory=dict)
    """(topic, athlete or all) -> the largest id that was passed on"""
    decided: dict[tuple[Topic, str | None], tuple[float, bool]] = field(default_factory=dict)
    slow: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def may(self, topic: Topic, athlete_id: str | None) -> bool:
        """Whether they may know of it now."""
        known = self.decided.get((topic, athlete_id))
        if known is not None and time.monotonic() - known[0] < TRUST:
            return known[1]
        found = self.bench.permits(Action.READ, athlete_id, KINDS[topic])
        self.decided[topic, athlete_id] = time.monotonic(), found
        return found

    def wanted(self, event: Event) -> bool:
        """Whether it was subscribed to and not passed on before."""
        keys = [key for key in ((event.topic, event.athlete_id), (event.topic, None)) if key in self.wants]
        return any(self.wants[key] < event.id for key in keys)

    def passed(self, event: Event) -> None:
        """It was passed on, or was not for them: either way it is done with."""
        for key in ((event.topic, event.athlete_id), (event.topic, None)):
            if key in self.wants:
                self.wants[key] = max(self.wants[key], event.id)


class Hub:
    """Reads events once and hands them to every socket of this process."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._followers, self._last = gate, set[Follower](), 0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read while the server is up."""
        task = asyncio.create_task(self._read())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def join(self, follower: Follower) -> None:
        """Hand events to this one too."""
        self._followers.add(follower)

    def leave(self, follower: Follower) -> None:
        """No longer."""
        self._followers.discard(follower)

    async def _read(self) -> None:
        self._last = await run_in_threadpool(self._gate.vault.newest_event)
        while True:
            await asyncio.sleep(EVERY)
            for event in await run_in_threadpool(self._gate.vault.events, self._last):
                self._last = event.id
                for follower in list(self._followers):
                    _offer(follower, event)


def _offer(follower: Follower, event: Event) -> None:
    try:
        follower.queue.put_nowait(event)
    except asyncio.QueueFull:
        follower.slow = True


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Follow imports, briefs, alerts and promotions."""
    if not _from_here(socket):
        await socket.close(REFUSED)
        return
    await socket.accept()
    try:
        actor = await asyncio.wait_for(_actor(socket), PATIENCE)
    except (TimeoutError, FitintelError) as error:
        await _close(socket, REFUSED, str(error) or "Nobody said who they are")
        return
    except WebSocketDisconnect:
        return
    bench = Workbench(socket.app.state.settings, actor, surface=SURFACE, why="live events")
    bench.__dict__["vault"] = gate_of(socket).vault
    hub: Hub = socket.app.state.hub
    follower = Follower(bench)
    hub.join(follower)
    await socket.send_json({"type": "connected"})
    try:
        # reading alongside: a socket that only writes never notices that the other end has gone
        async with anyio.create_task_group() as group:
            for work in (_listen, _pump):
                group.start_soon(_until_gone, work, socket, follower, group.cancel_scope)
    finally:
        hub.leave(follower)


async def _until_gone(
    work: Callable[[WebSocket, Follower], Awaitable[None]],
    socket: WebSocket,
    follower: Follower,
    both: anyio.CancelScope,
) -> None:
    # a socket that was closed while we wrote to it is said by starlette with a RuntimeError
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await work(socket, follower)
    both.cancel()


async def _actor(socket: WebSocket) -> Actor:
    gate = gate_of(socket)
    scheme, _, token = socket.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        if not await run_in_threadpool(gate.vault.accounts):
            return gate.local(socket.client.host if socket.client else "").through(SURFACE)
        said = _message(await socket.receive_text())
        if said.get("type") != "connect" or not isinstance(said.get("token"), str):
            raise LogInRefused("Log in first", next='send {"type": "connect", "token": "..."}')
        token = said["token"]
    return await run_in_threadpool(lambda: gate.actor(token, surface=SURFACE))


async def _listen(socket: WebSocket, follower: Follower) -> None:
    window, heard = time.monotonic(), 0
    while True:
        text = await socket.receive_text()
        now = time.monotonic()
        window, heard = (now, 1) if now - window >= 1.0 else (window, heard + 1)
        if heard > MESSAGES or len(text) > LONGEST:
            await _close(socket, TOO_MUCH, "Too many messages" if heard > MESSAGES else "The message is too long")
            return
        try:
            answer = await _obey(socket, _message(text), follower)
        except FitintelError as error:
            answer = {"type": "refused", "what": error.what, "why": error.why, "next": error.next}
        await socket.send_json(answer)


async def _obey(socket: WebSocket, said: dict[str, Any], follower: Follower) -> dict[str, Any]:
    match said.get("type"):
        case "ping":
            return {"type": "pong"}
        case "subscribe" | "unsubscribe" as kind:
            topic, athlete_id = _topic(said), said.get("athlete")
            if athlete_id is not None and not isinstance(athlete_id, str):
                raise UsageError("An athlete is named by their id")
            if kind == "unsubscribe":
                follower.wants.pop((topic, athlete_id), None)
                return {"type": "unsubscribed", "topic": topic.value, "athlete": athlete_id}
            return await _subscribe(socket, follower, topic, athlete_id, said.get("after"))
        case other:
            raise UnknownName("type of message", str(other), ("subscribe", "unsubscribe", "ping"))


async def _subscribe(
    socket: WebSocket, follower: Follower, topic: Topic, athlete_id: str | None, after: Any
) -> dict[str, Any]:
    store = follower.bench.vault
    if after is not None and (not isinstance(after, int) or isinstance(after, bool) or after < 0):
        raise UsageError("`after` is the id of an event", next="leave it out to begin with what happens next")
    if athlete_id is not None and not await run_in_threadpool(follower.may, topic, athlete_id):
        # the same for an athlete that is not there
        raise UsageError("There is nothing to follow", why="no such athlete that you may see")
    # held: the pump passes nothing on meanwhile, so what was missed comes first, and then what is new, each once
    async with follower.turn:
        newest = await run_in_threadpool(store.newest_event)
        seen = newest if after is None else min(after, newest)
        while seen < newest:
            for event in await run_in_threadpool(store.events, seen):
                seen = event.id
                if event.topic is topic and athlete_id in (None, event.athlete_id):
                    await _send(socket, follower, event)
        follower.wants[topic, athlete_id] = newest
    return {"type": "subscribed", "topic": topic.value, "athlete": athlete_id, "newest": newest}


async def _pump(socket: WebSocket, follower: Follower) -> None:
    while True:
        event = await follower.queue.get()
        if follower.slow:
            await _close(socket, SLOW, "You read too slowly; connect again with the last id that you have seen")
            return
        async with follower.turn:
            if follower.wanted(event):
                follower.passed(event)
                await _send(socket, follower, event)


async def _send(socket: WebSocket, follower: Follower, event: Event) -> None:
    if await run_in_threadpool(follower.may, event.topic, event.athlete_id):
        await socket.send_json({
            "type": "event", "id": event.id, "topic": event.topic.value, "kind": event.kind,
            "athlete": event.athlete_id, "at": event.at.isoformat(), "detail": dict(event.detail),
        })  # fmt: skip


async def _close(socket: WebSocket, code: int, why: str) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code, why[:120])


def _from_here(socket: WebSocket) -> bool:
    """Whether a page of this server opened it, or no page at all: a browser says which page."""
    origin = socket.headers.get("origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return False
    return host in socket.app.state.hosts


def _topic(said: dict[str, Any]) -> Topic:
    name = said.get("topic")
    if name not in list(Topic):
        raise UnknownName("topic", str(name), list(Topic))
    return Topic(name)


def _message(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError("A message is a JSON object")
    return found
