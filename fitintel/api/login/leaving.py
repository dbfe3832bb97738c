"""Renewing a log-in in silence, and ending it: here, or everywhere."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from fitintel.api.login import cookies
from fitintel.api.login.answers import away
from fitintel.api.login.asked import SURFACE, Form, actor_of, target_of
from fitintel.api.who import address_of, gate_of
from fitintel.core.errors import LogInRefused
from fitintel.workbench.door import Workbench

router = APIRouter()
LOG_IN = "/auth/log-in"


@router.get("/renew")
def renew(request: Request) -> Response:
    """New tokens for the refresh token, and on to the page; to the log-in where it is over.

    A refresh token that comes a second time ends the log-in, unless it comes at once: two tabs that were opened
    together both bring it, and the second then finds the cookies of the first.
    """
    to = target_of(request)
    try:
        tokens = gate_of(request).renew_page(request.cookies.get(cookies.REFRESH, ""), address=address_of(request))
    except LogInRefused:
        answer = away(f"{LOG_IN}?to={to}")
        cookies.forget(answer)
        return answer
    answer = away(to)
    if tokens is not None:
        cookies.keep(answer, tokens)
    return answer


@router.post("/log-out")
def log_out(request: Request, form: Form) -> Response:
    """End this log-in."""
    for name in (cookies.ACCESS, cookies.REFRESH):
        if token := request.cookies.get(name):
            gate_of(request).log_out(token)
    return _left()


@router.post("/log-out-everywhere")
def log_out_everywhere(request: Request, form: Form) -> Response:
    """End every log-in of the account, and the tokens of its programs."""
    actor = actor_of(request)
    if actor is not None:
        bench = Workbench(request.app.state.settings, actor, surface=SURFACE, why="logged out everywhere")
        bench.__dict__["vault"] = gate_of(request).vault
        bench.end_log_ins(actor.id)
    return _left()


def _left() -> Response:
    answer = away(LOG_IN)
    cookies.forget(answer)
    return answer
