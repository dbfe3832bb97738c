"""What a browser asks: who it is, in which language, with a form of ours, and where it wants to go."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from fitintel.access.actor import Actor
from fitintel.api.login import cookies
from fitintel.api.who import gate_of
from fitintel.core.counted import count
from fitintel.core.errors import LogInRefused, NotAllowed, UnknownName
from fitintel.views import language
from fitintel.workbench.identities import Issuer

SURFACE = "page"
HOME = "/auth/"
PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""a path of this server: one slash, no backslash, no blank"""
LONGEST = 2_000
"""characters of a path that is gone to"""
FORM_LENGTH = 16 * 1024
"""bytes of a form"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came from a page of ours."""

    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        """A field; empty where it was not filled."""
        return self.fields.get(name, "")


def issuer_of(request: Request) -> Issuer:
    """Signs identities and forms; its key is read, and made, when it is first needed."""
    state = request.app.state
    if not hasattr(state, "issuer"):
        state.issuer = Issuer(state.settings)
    issuer: Issuer = state.issuer
    return issuer


def actor_of(request: Request) -> Actor | None:
    """Whose cookie it is; None for nobody's, or a log-in that is over."""
    token = request.cookies.get(cookies.ACCESS, "")
    try:
        return gate_of(request).actor(token, surface=SURFACE) if token else None
    except LogInRefused:
        return None


def language_of(request: Request) -> str:
    """The first language of the browser that we speak."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        try:
            return language.known(part.partition(";")[0].strip())
        except UnknownName:
            continue
    return language.SOURCE


def target(said: str) -> str:
    """Where somebody wants to go: a path of this server, else the first page.

    >>> target("/app/?day=1"), target("//elsewhere.example"), target("https://elsewhere.example")
    ('/app/?day=1', '/auth/', '/auth/')
    """
    return said if len(said) <= LONGEST and PATH.fullmatch(said) else HOME


def target_of(request: Request) -> str:
    """The target of the address: everything after `to=`, for the gateway writes it as it came."""
    return target(request.url.query.partition("to=")[2])


def belongs_to(request: Request) -> str:
    """What a form's token is made of: the log-in, before it a random value of the browser; made where there is none."""
    actor = actor_of(request)
    if actor is not None:
        return actor.session_id
    return request.cookies.get(cookies.FORM) or secrets.token_urlsafe(32)


async def sent(request: Request) -> Sent:
    """The form; raises NotAllowed for one that another site let the browser send, or that is none."""
    form = await request.body() if _small(request) else b""
    from urllib.parse import parse_qsl

    try:
        fields = dict(parse_qsl(form.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        fields = {}
    actor = await _in_thread(request)
    held = actor.session_id if actor is not None else request.cookies.get(cookies.FORM, "")
    token = fields.get("form", "") or request.headers.get("x-fitintel-form", "")
    if not held or _foreign(request) or not hmac.compare_digest(
        issuer_of(request).form_token(held).encode(), token.encode("utf-8", "replace")
    ):  # fmt: skip
        count("forged_forms")
        raise NotAllowed("The form does not come from this page", next="open the page again and repeat it")
    return Sent(fields)


async def _in_thread(request: Request) -> Actor | None:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(actor_of, request)


def _small(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "")
    return kind == "application/x-www-form-urlencoded" and length.isdecimal() and int(length) <= FORM_LENGTH


def _foreign(request: Request) -> bool:
    """Whether the browser says that another site has sent it."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != request.headers.get("host", "")
    except ValueError:
        return True


Form = Annotated[Sent, Depends(sent)]
