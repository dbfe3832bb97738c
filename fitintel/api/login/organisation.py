"""Logging in with an organisation: away to it, and back."""

from __future__ import annotations

from http import HTTPStatus

import httpx
from fastapi import APIRouter, Request, Response

from fitintel.access.organisation import LASTS
from fitintel.api.login import cookies
from fitintel.api.login.answers import away, page
from fitintel.api.login.asked import language_of, target, target_of
from fitintel.api.who import address_of, gate_of
from fitintel.core.errors import FitintelError, LogInRefused
from fitintel.views import gate as views
from fitintel.views.language import speaking
from fitintel.workbench import organisation

router = APIRouter()


@router.get("/organisation")
def begin(request: Request) -> Response:
    """Away to the organisation; the browser keeps what the answer is held against."""
    try:
        kept, address = organisation.begin(request.app.state.settings, target_of(request))
    except (FitintelError, httpx.HTTPError):
        return _failed(request)
    answer = away(address)
    cookies.put(answer, cookies.BEGUN, kept, int(LASTS))
    return answer


@router.get("/organisation/back")
def back(request: Request) -> Response:
    """Back from it: let in whom it vouches for. What was begun is used up, whatever comes of it."""
    try:
        tokens, to = organisation.finish(gate_of(request), request.cookies.get(cookies.BEGUN, ""),
                                         request.query_params, address=address_of(request))  # fmt: skip
    except LogInRefused:
        answer: Response = _refused(request)
    except (FitintelError, httpx.HTTPError):
        answer = _failed(request)
    else:
        answer = away(target(to))
        cookies.keep(answer, tokens)
    cookies.put(answer, cookies.BEGUN, "", 0)
    return answer


def _refused(request: Request) -> Response:
    with speaking(language_of(request)):
        return page(views.refused_html(views.not_vouched_for()), HTTPStatus.UNAUTHORIZED)


def _failed(request: Request) -> Response:
    with speaking(language_of(request)):
        return page(views.refused_html(views.organisation_away()), HTTPStatus.BAD_GATEWAY)
