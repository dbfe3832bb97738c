"""What somebody sees who has logged in: what they may open. And what those see who may not."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from fitintel.access.actor import Actor
from fitintel.access.authorize import admit
from fitintel.access.policy import policy
from fitintel.api.login.answers import away, form_of, page
from fitintel.api.login.asked import actor_of, issuer_of, language_of
from fitintel.api.who import gate_of
from fitintel.core.errors import LogInRefused, NotAllowed
from fitintel.views import gate as views
from fitintel.views.language import speaking
from fitintel.workbench.facts import StoredFacts

router = APIRouter()
STYLE_TIME = 3_600
"""s for which the style sheet is kept"""


class Session(BaseModel):
    """Who has logged in with this browser."""

    account: str
    roles: list[str]
    strong: bool
    """whether a second factor was shown"""
    pages: list[str]
    """front ends that let them in"""
    form: str
    """sent as X-Fitintel-Form with what changes something"""


@router.get("/")
def home(request: Request) -> Response:
    """The pages that are open to this account."""
    actor = actor_of(request)
    if actor is None:
        return away("/auth/renew?to=/auth/")
    seat = _seat(request, actor)
    with speaking(language_of(request)):
        return page(views.seat_html(form_of(request, "/auth/")[0], seat))


@router.get("/session")
def session(request: Request) -> Session:
    """The same for a script; raises LogInRefused."""
    actor = actor_of(request)
    if actor is None:
        raise LogInRefused("Log in first", next="open /auth/log-in")
    seat = _seat(request, actor)
    return Session(account=seat.account, roles=list(seat.roles), strong=seat.strong, pages=list(seat.pages),
                   form=issuer_of(request).form_token(actor.session_id))  # fmt: skip


@router.get("/refused")
def refused(request: Request) -> Response:
    """What somebody sees whom a page does not let in."""
    with speaking(language_of(request)):
        return page(views.refused_html(views.not_open()), HTTPStatus.FORBIDDEN)


@router.get("/style.css")
def style() -> Response:
    """The style sheet of these pages."""
    return PlainTextResponse(views.style(), headers={"cache-control": f"public, max-age={STYLE_TIME}"},
                             media_type="text/css")  # fmt: skip


def _seat(request: Request, actor: Actor) -> views.Seat:
    vault = gate_of(request).vault
    facts, now = StoredFacts(vault), datetime.now(UTC)
    standing = facts.standing(actor, None)
    held = sum(one.revoked_at is None and one.expires_at > now for one in vault.log_ins(actor.id))
    return views.Seat(actor.id, sorted(standing.roles), standing.strong, _open_to(actor, facts), held)


def _open_to(actor: Actor, facts: StoredFacts) -> list[str]:
    found = []
    for surface in policy().surfaces:
        try:
            admit(actor, surface, facts)
        except NotAllowed:
            continue
        found.append(surface)
    return found
