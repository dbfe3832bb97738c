"""Errors as `application/problem+json` (RFC 9457): what, where, why, next; and nothing that was not to be seen.

Whoever may not see an athlete learns nothing of them, not even whether they exist: for such a person every route under
an athlete answers as it would for an id that nobody has.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fitintel.core.errors import (
    DataError,
    FitintelError,
    LogInRefused,
    NotAllowed,
    NotFound,
    ServiceMissing,
    StorageUnavailable,
    TooManyAttempts,
    UnknownName,
    UpstreamError,
    UsageError,
)

MEDIA_TYPE = "application/problem+json"
STATUS: tuple[tuple[type[FitintelError], HTTPStatus], ...] = (
    (TooManyAttempts, HTTPStatus.TOO_MANY_REQUESTS), (LogInRefused, HTTPStatus.UNAUTHORIZED),
    (NotAllowed, HTTPStatus.FORBIDDEN), (NotFound, HTTPStatus.NOT_FOUND),
    (UnknownName, HTTPStatus.UNPROCESSABLE_ENTITY), (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (DataError, HTTPStatus.UNPROCESSABLE_ENTITY), (UpstreamError, HTTPStatus.BAD_GATEWAY),
    (StorageUnavailable, HTTPStatus.SERVICE_UNAVAILABLE), (ServiceMissing, HTTPStatus.NOT_IMPLEMENTED),
)  # fmt: skip
"""kind of error -> status; the first that fits, 500 for any other"""
LATER = "5"
"""s after which it is worth asking again where the database is away; one that is restarted is back by then"""
ATHLETE = "athlete_id"
"""name of the path parameter that says whose record it is"""


class Problem(BaseModel):
    """What went wrong."""

    type: str
    """name of the error; the same for the same reason"""
    title: str
    status: int
    detail: str = ""
    """why"""
    where: str = ""
    next: str = ""
    """what to do about it"""


def problem(status: int, kind: str, title: str, **words: str | None) -> JSONResponse:
    """A problem as an answer."""
    said = {name: text for name, text in words.items() if text}
    content = {"type": f"about:fitintel#{kind}", "title": title, "status": status, **said}
    headers = {"cache-control": "no-store"}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["retry-after"] = LATER
    return JSONResponse(content, status, headers, MEDIA_TYPE)


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description, "content": {MEDIA_TYPE: {}}}
    for status, description in (
        (400, "The request cannot be read."), (401, "Nobody has logged in, or the log-in is over."),
        (403, "Not allowed."), (404, "Not there, or not to be seen."), (409, "Already there, or changed meanwhile."),
        (413, "Too large."), (415, "Not in a form that is read here."), (422, "Readable, but it cannot be taken."),
        (429, "Too many requests for now."),
    )
}  # fmt: skip
"""What every route may answer besides its own."""


def install(app: FastAPI) -> None:
    """Let every error of the application be answered as a problem."""
    app.add_exception_handler(FitintelError, _ours)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _unexpected)


class Answering:
    """Answers what other middleware raises as what routes raise is answered: their handlers are further in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and say what went wrong."""
        begun = False

        async def heard(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, heard)
        except FitintelError as error:
            # what has been said cannot be taken back: the log has it
            if begun or scope["type"] != "http":
                raise
            await (await _ours(Request(scope), error))(scope, receive, send)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, FitintelError)
    unseen = False
    if isinstance(error, NotAllowed | NotFound):
        try:
            unseen = not await run_in_threadpool(_sees, request)
        except StorageUnavailable as lost:
            # whether there is such an athlete is not said before it is known who may hear it
            error = lost
    if unseen:
        return problem(HTTPStatus.NOT_FOUND, "NotFound", "There is no such athlete",
                       next="GET /api/v1/athletes lists those that you may see")  # fmt: skip
    if isinstance(error, UnknownName) and error.name in request.path_params.values():
        return problem(HTTPStatus.NOT_FOUND, "NotFound", error.what, detail=error.why, next=error.next)
    status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    return problem(status, type(error).__name__, error.what, detail=error.why, where=error.where, next=error.next)


def _sees(request: Request) -> bool:
    """Whether the one who asks may know of the athlete in the path; True where the path names none."""
    athlete_id, bench = request.path_params.get(ATHLETE), getattr(request.state, "bench", None)
    if athlete_id is None or bench is None:
        return True
    try:
        bench.may_see(athlete_id)
    except (NotAllowed, NotFound):
        return False
    return True


async def _unreadable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    broken = any(one["type"] == "json_invalid" for one in error.errors())
    status = HTTPStatus.BAD_REQUEST if broken else HTTPStatus.UNPROCESSABLE_ENTITY
    return problem(status, "UsageError", "The request cannot be taken", detail="; ".join(found[:10]),
                   next="the form of each request stands in /api/v1/openapi.json")  # fmt: skip


async def _plain(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    answer = problem(error.status_code, HTTPStatus(error.status_code).name.title().replace("_", ""), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Unexpected", "fitintel met something it does not expect",
                   next="nothing was half written; the log of the server has the details")  # fmt: skip
