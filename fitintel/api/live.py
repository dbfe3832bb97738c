"""Live events over a WebSocket as plain JSON.

    -> {"type": "connect", "token": "fia_..."}                                 (not needed with a header)
    <- {"type": "connected"}
    -> {"type": "subscribe", "topic": "briefs", "athlete": "ann", "after": 41} (after: the last id that was seen)
    <- {"type": "subscribed", "topic": "briefs", "athlete": "ann", "newest": 44}
    <- {"type": "event", "id": 42, "topic": "briefs", "kind": "made", "athlete": "ann", "detail": {...}}
    <- {"type": "ended", "topic": "briefs", "athlete": "ann"}                  (no longer allowed)

Events stand in the store; what goes over the wire are those with a larger id, so that a new connection goes on where
the last one ended, without gap or repeat, whichever process something happened in (api/hub.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from fitintel.access.actor import Actor
from fitintel.api.hub import Follower, Hub, said
from fitintel.api.who import actor_of_token, gate_of, owner_of, workbench_of
from fitintel.core.errors import FitintelError, LogInRefused, UnknownName, UsageError
from fitintel.core.events import Topic

router = APIRouter()
SURFACE, WHY = "websocket", "live events"
PATIENCE = 10.0
"""s in which somebody says who they are"""
REFUSED, SLOW = 4401, 4408


def hub_of(socket: WebSocket) -> Hub:
    """The hub of this process."""
    hub: Hub = socket.app.state.hub
    return hub


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Follow imports, briefs, alerts and promotions."""
    await socket.accept()
    try:
        actor = await asyncio.wait_for(_actor(socket), PATIENCE)
    except (TimeoutError, FitintelError) as error:
        await _close(socket, REFUSED, str(error) or "Nobody said who they are")
        return
    except WebSocketDisconnect:
        return
    with hub_of(socket).joined(workbench_of(socket, actor, SURFACE, WHY, None)) as follower:
        await socket.send_json({"type": "connected"})
        # reading alongside: a socket that only writes never notices that the other end has gone
        async with anyio.create_task_group() as group:
            for work in (_listen, _pump):
                group.start_soon(_until_gone, work, socket, follower, group.cancel_scope)


async def shown_actor(socket: WebSocket, token: str | None, surface: str) -> Actor:
    """Who shows a token with a socket, or the owner of a workspace without accounts; raises LogInRefused."""
    rights = (await run_in_threadpool(gate_of(socket).vault.stamp)).rights
    scheme, _, given = socket.headers.get("authorization", "").partition(" ")
    if given and scheme.lower() == "bearer":
        token = given
    if token is not None:
        return await run_in_threadpool(actor_of_token, socket, token, rights, surface)
    return await run_in_threadpool(owner_of, socket, rights, surface)


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
    try:
        return await shown_actor(socket, None, SURFACE)
    except LogInRefused:
        if socket.headers.get("authorization"):
            raise
    said_first = _message(await socket.receive_text())
    if said_first.get("type") != "connect" or not isinstance(said_first.get("token"), str):
        raise LogInRefused("Log in first", next='send {"type": "connect", "token": "..."}')
    return await shown_actor(socket, said_first["token"], SURFACE)


async def _listen(socket: WebSocket, follower: Follower) -> None:
    while True:
        text = await socket.receive_text()
        try:
            answer = await _obey(socket, _message(text), follower)
        except FitintelError as error:
            answer = {"type": "refused", "what": error.what, "why": error.why, "next": error.next}
        await socket.send_json(answer)


async def _obey(socket: WebSocket, asked: dict[str, Any], follower: Follower) -> dict[str, Any]:
    match asked.get("type"):
        case "ping":
            return {"type": "pong"}
        case "subscribe" | "unsubscribe" as kind:
            topic, athlete_id = topic_of(asked.get("topic")), asked.get("athlete")
            if athlete_id is not None and not isinstance(athlete_id, str):
                raise UsageError("An athlete is named by their id")
            if kind == "unsubscribe":
                follower.wants.pop((topic, athlete_id), None)
                return {"type": "unsubscribed", "topic": topic.value, "athlete": athlete_id}
            return await _subscribe(socket, follower, topic, athlete_id, after_of(asked.get("after")))
        case other:
            raise UnknownName("type of message", str(other), ("subscribe", "unsubscribe", "ping"))


async def _subscribe(
    socket: WebSocket, follower: Follower, topic: Topic, athlete_id: str | None, after: int | None
) -> dict[str, Any]:
    # held: the pump passes nothing on meanwhile, so what was missed comes first, and then what is new, each once
    async with follower.turn:
        async for event in hub_of(socket).subscribe(follower, topic, athlete_id, after):
            await socket.send_text(said(event))
        newest = follower.wants[topic, athlete_id]
    return {"type": "subscribed", "topic": topic.value, "athlete": athlete_id, "newest": newest}


async def _pump(socket: WebSocket, follower: Follower) -> None:
    hub = hub_of(socket)
    while True:
        word = await follower.queue.get()
        if follower.slow:
            await _close(socket, SLOW, "You read too slowly; connect again with the last id that you have seen")
            return
        async with follower.turn:
            if word.event is not None:
                if await hub.due(follower, word):
                    await socket.send_text(word.text)
            elif word.ended is not None:
                topic, athlete_id = word.ended
                await socket.send_json({"type": "ended", "topic": topic.value, "athlete": athlete_id})
            else:
                await _close(socket, REFUSED, "This log-in is over")
                return


async def _close(socket: WebSocket, code: int, why: str) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code, why[:120])


def topic_of(name: Any) -> Topic:
    """A topic by its name; raises UnknownName."""
    if name not in list(Topic):
        raise UnknownName("topic", str(name), list(Topic))
    return Topic(name)


def after_of(after: Any) -> int | None:
    """The id of an event that was seen; raises UsageError."""
    if after is not None and (not isinstance(after, int) or isinstance(after, bool) or after < 0):
        raise UsageError("`after` is the id of an event", next="leave it out to begin with what happens next")
    return after


def _message(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError("The message is no JSON object", next='send {"type": "subscribe", "topic": "briefs"}')
    return found
