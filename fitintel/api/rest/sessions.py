"""Log-ins: a name and a password for tokens, new tokens for old, and the end."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from fitintel.api.who import SURFACE, Shown, address_of, gate_of
from fitintel.workbench.sessions import Tokens

router = APIRouter(prefix="/sessions", tags=["sessions"])


class LogIn(BaseModel, extra="forbid"):
    """Who wants to come in."""

    name: str = Field(min_length=1, max_length=64, examples=["anna"])
    password: str = Field(min_length=1, max_length=1024)
    code: str = Field(default="", max_length=16, description="Of the second factor, where there is one.")


class Refresh(BaseModel, extra="forbid"):
    """A refresh token; it is good once."""

    refresh: str = Field(max_length=64)


class Session(BaseModel):
    """Tokens, shown this once."""

    access: str
    refresh: str
    expires_at: datetime
    account: str
    roles: list[str]
    strong: bool
    """whether a second factor was shown"""


@router.post("", status_code=201)
def log_in(asked: LogIn, request: Request) -> Session:
    """Log in; the access token is good for 15 minutes."""
    gate = gate_of(request)
    return _session(gate.log_in(asked.name, asked.password, asked.code, address=address_of(request), surface=SURFACE))


@router.post("/renewals", status_code=201)
def renew(asked: Refresh, request: Request) -> Session:
    """New tokens. A refresh token that comes a second time ends the whole log-in."""
    return _session(gate_of(request).renew(asked.refresh, address=address_of(request)))


@router.delete("", status_code=204)
def log_out(request: Request, shown: Shown) -> Response:
    """End the log-in whose token is shown."""
    if shown is not None:
        gate_of(request).log_out(shown.credentials)
    return Response(status_code=204)


def _session(tokens: Tokens) -> Session:
    return Session(access=tokens.access, refresh=tokens.refresh, expires_at=tokens.expires_at,
                   account=tokens.account.id, roles=sorted(tokens.account.roles), strong=tokens.strong)  # fmt: skip
