"""The page on which one logs in, and what it sends."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from fitintel.api.login import cookies
from fitintel.api.login.answers import away, form_of, formed, page
from fitintel.api.login.asked import SURFACE, Form, actor_of, language_of, target, target_of
from fitintel.api.who import address_of, gate_of
from fitintel.core.errors import LogInRefused, TooManyAttempts
from fitintel.views import gate as views
from fitintel.views.language import speaking
from fitintel.workbench.organisation import name_of

router = APIRouter()


@router.get("/log-in")
def show(request: Request) -> Response:
    """The form; who has logged in already goes on."""
    to = target_of(request)
    return away(to) if actor_of(request) is not None else _form(request, to)


@router.post("/log-in")
def log_in(request: Request, form: Form) -> Response:
    """Let somebody in, or say the same whatever was wrong."""
    to, name = target(form.get("to")), form.get("name")[:64]
    try:
        tokens = gate_of(request).log_in(name, form.get("password"), form.get("code"), address=address_of(request),
                                         surface=SURFACE)  # fmt: skip
    except LogInRefused as error:
        return _form(request, to, name, error)
    answer = away(to)
    cookies.keep(answer, tokens)
    cookies.put(answer, cookies.FORM, "", 0)
    return answer


def _form(request: Request, to: str, name: str = "", error: LogInRefused | None = None) -> Response:
    with speaking(language_of(request)):
        form, held = form_of(request, to)
        many = isinstance(error, TooManyAttempts)
        refused = views.too_many() if many else views.wrong() if error is not None else None
        html = views.log_in_html(form, name=name, refused=refused, organisation=name_of(request.app.state.settings))
    status = HTTPStatus.TOO_MANY_REQUESTS if many else HTTPStatus.UNAUTHORIZED if error else HTTPStatus.OK
    return formed(request, page(html, status), held)
