"""Log-in with the organisation that the settings name: asked over the one door outwards, believed by `access`."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fitintel.access import organisation as protocol
from fitintel.access.organisation import Begun, Organisation
from fitintel.core.counted import count
from fitintel.core.errors import LogInRefused, SealBroken, UpstreamError, UsageError

if TYPE_CHECKING:
    import httpx

    from fitintel.core.settings import Settings
    from fitintel.workbench.sessions import Gate, Tokens

BACK = "/auth/organisation/back"
"""path to which the organisation sends people back"""
SURFACE = "page"


def name_of(settings: Settings) -> str:
    """What people call the organisation; empty where none is set."""
    issuer = settings.account("OIDC_ISSUER")
    return settings.account("OIDC_NAME") or urlsplit(issuer).hostname or "" if issuer else ""


def begin(settings: Settings, to: str) -> tuple[str, str]:
    """(what the browser keeps until it is back, the address where it goes on); raises UsageError, UpstreamError."""
    with _client(settings) as client:
        organisation = _described(settings, client)
    begun, address = protocol.begin(organisation, _client_id(settings), _back(settings), to, time.time())
    sealed = _sealer(settings).seal(begun.to_bytes(), "organisation", organisation.issuer)
    return base64.urlsafe_b64encode(sealed).decode(), address


def finish(gate: Gate, kept: str, answer: Mapping[str, str], *, address: str = "") -> tuple[Tokens, str]:
    """Let somebody in whom the organisation vouches for, and the path where they wanted to go.

    Raises LogInRefused for an answer that does not fit what this browser began, a word that cannot be believed, or
    somebody without an account here; UpstreamError.
    """
    settings = gate.settings
    try:
        begun = _begun(settings, kept)
        with _client(settings) as client:
            organisation = _described(settings, client)
            code = protocol.code_of(begun, answer, organisation.issuer, time.time())
            token, keys = _token(settings, client, organisation, begun, code), _json(client.get(organisation.keys))
        found = protocol.person(organisation, _client_id(settings), keys, token, begun.nonce, datetime.now(UTC))
        account = gate.vouched_for(found.subject)
    except LogInRefused:
        count("log_ins", outcome="refused", way="organisation", surface=SURFACE)
        raise
    return gate.let_in(account, strong=found.strong, address=address, surface=SURFACE, way="organisation"), begun.to


def _begun(settings: Settings, kept: str) -> Begun:
    try:
        sealed = base64.urlsafe_b64decode(kept)
        return Begun.from_bytes(_sealer(settings).open(sealed, "organisation", _issuer(settings)))
    except (SealBroken, ValueError, TypeError):
        raise LogInRefused("No log-in was begun in this browser", next="begin again") from None


def _token(settings: Settings, client: httpx.Client, organisation: Organisation, begun: Begun, code: str) -> str:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": _back(settings),
            "client_id": _client_id(settings), "code_verifier": begun.verifier}  # fmt: skip
    if secret := settings.account("OIDC_CLIENT_SECRET"):
        form["client_secret"] = secret
    said = _json(client.post(organisation.token, data=form))
    if not isinstance(said, dict) or not isinstance(said.get("id_token"), str):
        raise UpstreamError("The organisation gave no identity", where=urlsplit(organisation.token).hostname or "")
    return str(said["id_token"])


def _described(settings: Settings, client: httpx.Client) -> Organisation:
    issuer = _issuer(settings)
    return protocol.described(issuer, _json(client.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")))


def _json(answer: httpx.Response) -> Any:
    if answer.status_code != 200:
        # its text is not quoted: it may echo what was sent
        raise UpstreamError("The organisation does not answer as it should", where=answer.url.host,
                            why=f"it answered {answer.status_code}")  # fmt: skip
    try:
        return answer.json()
    except ValueError as error:
        raise UpstreamError("The organisation's answer is not JSON", where=answer.url.host) from error


def _client(settings: Settings) -> httpx.Client:
    from fitintel.core import outbound

    own = urlsplit(_issuer(settings)).hostname or ""
    hosts = outbound.names(settings.account("OIDC_HOSTS")) | {own}
    return outbound.client(hosts, outbound.names(settings.account("PRIVATE_HOSTS")))


def _issuer(settings: Settings) -> str:
    issuer = settings.account("OIDC_ISSUER")
    if not issuer:
        raise UsageError("There is no organisation to log in with", next="set FITINTEL_OIDC_ISSUER")
    return issuer


def _client_id(settings: Settings) -> str:
    found = settings.account("OIDC_CLIENT_ID")
    if not found:
        raise UsageError("The organisation does not know this server", next="set FITINTEL_OIDC_CLIENT_ID")
    return found


def _back(settings: Settings) -> str:
    public = settings.account("PUBLIC_URL")
    if not public:
        raise UsageError("The organisation cannot send people back", next="set FITINTEL_PUBLIC_URL")
    return public.rstrip("/") + BACK


def _sealer(settings: Settings) -> Any:
    from fitintel.storage.sealed import Sealer, workspace_key

    return Sealer(workspace_key(settings.home, settings.account("SECRET_KEY")))
