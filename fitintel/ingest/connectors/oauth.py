"""OAuth2 through Authlib: where the athlete says yes, and tokens for it. Authlib speaks, `Wire` carries.

Authlib's protocol core is used on our own wire, not its HTTP client: limits, host and retries are then the same for
tokens as for data. PKCE is always sent; a service that does not know it ignores it (RFC 6749, 3.1).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.client import OAuth2Client

from fitintel.core.errors import AccessLost, UpstreamError, UsageError
from fitintel.ingest.connectors.contract import Grant, Started
from fitintel.ingest.connectors.wire import Answer, Wire

STATE_SECONDS = 600.0
"""An answer that comes later is not accepted."""
WHOLE = "paste the whole address of the page you were sent to"
AGAIN = "connect the account again"


@dataclass(frozen=True, slots=True)
class Application:
    """How a service knows this program."""

    client_id: str
    client_secret: str = field(repr=False)
    authorise_path: str
    token_path: str
    scope: str


class _Session:
    """What Authlib sends tokens with."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def post(self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any = None, **_: Any) -> Any:
        uri, sent, body = auth.prepare("POST", url, dict(headers), httpx.QueryParams(dict(data)).__str__())
        answer = self._wire.request("POST", httpx.URL(uri).path, form=dict(httpx.QueryParams(body)), headers=sent)
        return _Answered(answer)


class _Answered:
    """An answer as Authlib reads it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.status_code = answer.status

    def json(self) -> Any:
        value = self._answer.json().value
        if self.status_code >= 400 or not isinstance(value, dict) or not value.get("access_token"):
            raise refused(self._answer)
        return value

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise refused(self._answer)


def refused(answer: Answer) -> UpstreamError:
    """The error for an answer without tokens. Its text is not quoted: it may echo what was sent."""
    if answer.status in (400, 401, 403):
        return AccessLost("The service gives no access", where=answer.where, why=f"it answered {answer.status}",
                          next=AGAIN)  # fmt: skip
    return UpstreamError("The service gave no token", where=answer.where, why=f"it answered {answer.status}")


def begin(wire: Wire, application: Application, redirect_uri: str, now: float, **more: str) -> Started:
    """The address where the athlete says yes."""
    verifier = secrets.token_urlsafe(48)
    url, state = _client(wire, application, redirect_uri).create_authorization_url(
        str(wire.base.copy_with(path=application.authorise_path)), code_verifier=verifier, **more
    )
    return Started(url=url, redirect_uri=redirect_uri, state=state, verifier=verifier, at=now)


def finish(
    wire: Wire, application: Application, started: Started, redirected: str, now: float,
    grant_of: Callable[[Mapping[str, Any], tuple[str, ...]], Grant],
) -> Grant:  # fmt: skip
    """The grant, from the address to which the athlete was sent back.

    `grant_of` gets the token and the scopes that the address says were granted.
    """
    try:
        answer = dict(httpx.URL(redirected.strip()).params)
    except httpx.InvalidURL as error:
        raise UsageError("This is not an address", next=WHOLE) from error
    if "error" in answer:
        raise AccessLost("You did not give access", why=answer["error"][:80], next="connect again and allow it")
    if not secrets.compare_digest(answer.get("state", "").encode(), started.state.encode()):
        raise UsageError(
            "The address does not belong to this connection", why="its state is not the one that was sent",
            next="begin again with fitintel connect, and use the newest page only",
        )  # fmt: skip
    if now - started.at > STATE_SECONDS:
        raise UsageError("The address came too late", why="it is valid for 10 minutes", next="begin again")
    if not answer.get("code"):
        raise UsageError("The address holds no code", next=WHOLE)
    client = _client(wire, application, started.redirect_uri)
    token = _asked(lambda: client.fetch_token(
        str(wire.base.copy_with(path=application.token_path)), code=answer["code"], code_verifier=started.verifier,
        grant_type="authorization_code",
    ))  # fmt: skip
    scopes = tuple(part for part in answer.get("scope", "").replace(",", " ").split() if part)
    return grant_of(token, scopes)


def renew(wire: Wire, application: Application, grant: Grant) -> Mapping[str, Any]:
    """A new token for a grant; where the answer brings no new refresh token, the old one goes on."""
    client = _client(wire, application, None)
    url = str(wire.base.copy_with(path=application.token_path))
    return _asked(lambda: client.refresh_token(url, refresh_token=grant.refresh))


def _asked(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return ask()
    except AuthlibBaseError as error:
        raise AccessLost("The service gives no access", why=str(error.error)[:80], next=AGAIN) from None


def _client(wire: Wire, application: Application, redirect_uri: str | None) -> Any:
    return OAuth2Client(
        _Session(wire), client_id=application.client_id, client_secret=application.client_secret,
        token_endpoint_auth_method="client_secret_post", scope=application.scope, redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )  # fmt: skip
