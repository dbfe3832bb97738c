"""Cookies of the gate. `__Host-`: of this host alone, over TLS alone, and no script reads them."""

from __future__ import annotations

from fastapi import Response

from fitintel.workbench.sessions import ACCESS_TIME, REFRESH_TIME, Tokens

ACCESS, REFRESH, FORM = "__Host-fitintel", "__Host-fitintel-refresh", "__Host-fitintel-form"
BEGUN = "__Host-fitintel-begun"
"""of a log-in with an organisation that is under way"""


def keep(answer: Response, tokens: Tokens) -> None:
    """Let the browser keep the tokens of a log-in."""
    put(answer, ACCESS, tokens.access, int(ACCESS_TIME.total_seconds()))
    put(answer, REFRESH, tokens.refresh, int(REFRESH_TIME.total_seconds()))


def forget(answer: Response) -> None:
    """Let the browser forget them."""
    for name in (ACCESS, REFRESH):
        put(answer, name, "", 0)


def put(answer: Response, name: str, value: str, seconds: int) -> None:
    """Set one; 0 s takes it away."""
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
