"""Answers of the gate: pages with their headers, and ways elsewhere."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from fitintel.api.login import cookies
from fitintel.api.login.asked import belongs_to, issuer_of
from fitintel.views.gate import Form

POLICY = ("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
          "base-uri 'none'")  # fmt: skip
FORM_TIME = 3_600
"""s for which a form that nobody has logged in for may lie open"""


def page(html: str, status: int = 200) -> HTMLResponse:
    """A page; nothing of it is kept on the way, and only its own style sheet is loaded."""
    return HTMLResponse(html, status, {"content-security-policy": POLICY, "cache-control": "private, no-store"})


def form_of(request: Request, to: str) -> tuple[Form, str]:
    """What a form carries, and what it belongs to."""
    held = belongs_to(request)
    return Form(issuer_of(request).form_token(held), to), held


def formed(request: Request, answer: HTMLResponse, held: str) -> HTMLResponse:
    """The page with its form's cookie, where nobody has logged in."""
    if request.cookies.get(cookies.FORM) != held:
        cookies.put(answer, cookies.FORM, held, FORM_TIME)
    return answer


def away(to: str) -> RedirectResponse:
    """To another page of this server, with GET."""
    return RedirectResponse(to, 303, {"cache-control": "private, no-store"})
