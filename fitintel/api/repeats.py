"""Requests that come twice: a write with an `Idempotency-Key` is done once, and its answer given again.

Keys belong to an account and are remembered for a day. The same key with another request is refused, and so is one
whose first request is still under way. An answer is not given again once the account stands otherwise to
the athlete than it did: what was done stays done, and what it said is to be read anew.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.access.actor import Actor
from fitintel.api.bodies import said_again, whole
from fitintel.api.problems import problem
from fitintel.api.who import SURFACE, actor_of_token, owner_of, workbench_of
from fitintel.core.errors import FitintelError
from fitintel.core.requests import Repeat
from fitintel.workbench.sessions import Gate

HEADER, AGAIN = "idempotency-key", "idempotency-replayed"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SECRET = ("/api/v1/sessions", "/auth")
"""paths whose answers hold tokens: none is ever kept"""
REMEMBERED = timedelta(days=1)
CUT_OFF = timedelta(minutes=15)
"""after which a request without an answer has none to come: its server was stopped"""
LARGEST = 32 * 1024 * 1024
"""bytes of a body that is compared"""
LARGEST_ANSWER = 1024 * 1024
KEPT = ("content-type", "location", "preference-applied")
STANDING, OWN = "standing", "own"
"""what is kept beside the headers of an answer: what the account was to the athlete, and which of two requests it is"""
_ATHLETE = re.compile(r"/api/v1/athletes/([^/]+)")


class Repeats:
    """Does each write with a key once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do it, or say again what came of it."""
        headers = Headers(scope=scope) if scope["type"] == "http" and scope["method"] in WRITES else Headers()
        key = headers.get(HEADER)
        if key is None or scope["path"].startswith(SECRET):
            await self._app(scope, receive, send)
            return
        if not 1 <= len(key) <= 255 or not key.isprintable():
            await problem(HTTPStatus.BAD_REQUEST, "UsageError", "The key of the request cannot be used",
                          detail="it has 1 to 255 printable characters")(scope, receive, send)  # fmt: skip
            return
        body = await whole(receive, LARGEST)
        if body is None:
            await problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "TooLarge", "The body is too large for a request that "
                          "is done once", next="send it without the key: a file is taken in once in any case"
                          )(scope, receive, send)  # fmt: skip
            return
        gate: Gate = scope["app"].state.gate
        try:
            actor, standing = await run_in_threadpool(_who, scope)
        except FitintelError:
            # the route says the same, in its own words
            await self._app(scope, said_again(body), send)
            return
        one = Repeat(actor.id, _digest(key.encode()), _asked(scope, headers, body), _athlete(scope),
                     datetime.now(UTC), headers={STANDING: standing, OWN: secrets.token_hex(8)})  # fmt: skip
        before = await run_in_threadpool(_begin, gate, one)
        if before is not None:
            await _again(before, one)(scope, receive, send)
            return
        await self._first(gate, one, body, scope, send)

    async def _first(self, gate: Gate, one: Repeat, body: bytes, scope: Scope, send: Send) -> None:
        start: Message = {}
        parts: list[bytes] = []

        async def heard(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                parts.append(message.get("body", b""))
            await send(message)

        done = replace(one, status=0)
        try:
            await self._app(scope, said_again(body), heard)
            answer, status = b"".join(parts), int(start.get("status", 0))
            if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and len(answer) <= LARGEST_ANSWER:
                said = Headers(raw=start["headers"])
                kept = {name: said[name] for name in KEPT if name in said}
                done = replace(one, status=status, headers={**one.headers, **kept}, body=answer)
        finally:
            # what came to nothing is forgotten, and may be asked anew
            await run_in_threadpool(gate.vault.end_repeat, done)


def _again(before: Repeat, one: Repeat) -> Response:
    if before.asked != one.asked:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "UsageError", "The key was used for another request",
                       next="give each request a key of its own")  # fmt: skip
    if not before.status:
        under_way: JSONResponse = problem(HTTPStatus.CONFLICT, "UnderWay", "The first request is still under way",
                                          next="ask again in a moment")  # fmt: skip
        under_way.headers["retry-after"] = "1"
        return under_way
    if before.headers.get(STANDING) != one.headers[STANDING]:
        return problem(HTTPStatus.CONFLICT, "Done", "This was done; what it answered is not said again",
                       detail="what you may see has changed since", next="read what is there now")  # fmt: skip
    headers = {name: value for name, value in before.headers.items() if name not in (STANDING, OWN)}
    return Response(before.body, before.status, {**headers, AGAIN: "true"})


def _begin(gate: Gate, one: Repeat) -> Repeat | None:
    before = gate.vault.begin_repeat(one, one.at - REMEMBERED)
    if before is not None and not before.status and before.at < one.at - CUT_OFF:
        gate.vault.end_repeat(replace(before, status=0))
        before = gate.vault.begin_repeat(one, one.at - REMEMBERED)
    return before


def _who(scope: Scope) -> tuple[Actor, str]:
    """Who asks, and a digest of what they are, and are to the athlete."""
    connection = HTTPConnection(scope)
    rights = scope["app"].state.gate.vault.stamp().rights
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return owner_of(connection, rights, SURFACE), ""
    actor = actor_of_token(connection, token, rights, SURFACE)
    found = workbench_of(connection, actor, SURFACE, "", rights).facts.standing(actor, _athlete(scope))
    is_to = [found.active, found.strong, found.athlete_id, found.coaches, found.coached, found.glass]
    said = [sorted(one or ()) for one in (found.roles, found.consents, found.scopes)]
    return actor, _digest(repr((is_to, said)).encode())


def _athlete(scope: Scope) -> str | None:
    found = _ATHLETE.match(scope["path"])
    return found[1][:64] if found else None


def _asked(scope: Scope, headers: Headers, body: bytes) -> str:
    kind, _, rest = headers.get("content-type", "").partition(";")
    boundary = re.search(r"boundary=\"?([^\";]+)", rest)
    if boundary:
        # clients choose a new one each time; it is no part of what is asked
        body = body.replace(boundary[1].encode(), b"")
    said = "\0".join((scope["method"], scope["path"], scope["query_string"].decode("latin-1"), kind.strip().lower()))
    return _digest(said.encode() + b"\0" + body)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
