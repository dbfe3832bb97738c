"""Log-in with an organisation (OpenID Connect): what is asked of it, and when its word is believed.

The code flow with PKCE, `state` and `nonce`. An ID token counts only if it is signed with a key of the organisation in
one of ALGORITHMS, made by it, for this server, for this very log-in, and not over (OpenID Connect Core 1.0, 3.1.3.7).
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fitintel.core.errors import LogInRefused, UpstreamError

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519")
"""never `none`, and none with a shared secret: the organisation alone can sign"""
LASTS = 600.0
"""s from the first step to the last"""
LEEWAY = 60
"""s that the organisation's clock may be off"""
SCOPE = "openid"
STRONG = frozenset({"mfa", "otp", "hwk", "swk"})
"""methods of authentication that count as a second factor (RFC 8176)"""
LONGEST = 255
"""characters of issuer and subject together"""


@dataclass(frozen=True, slots=True)
class Organisation:
    """How an organisation is asked, by its own description."""

    issuer: str
    authorisation: str
    token: str
    keys: str
    """addresses of its endpoints"""


@dataclass(frozen=True, slots=True)
class Begun:
    """A log-in under way: kept, sealed, in the browser that began it."""

    state: str
    nonce: str
    verifier: str
    to: str
    """path that is opened afterwards"""
    at: float
    """s since 1970-01-01 UTC"""

    def to_bytes(self) -> bytes:
        """For sealing."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Begun:
        """Back."""
        return cls(**json.loads(data))


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the organisation vouches for."""

    subject: str
    """`issuer subject`"""
    strong: bool
    """it says that they have shown a second factor"""


def described(issuer: str, document: Any) -> Organisation:
    """The organisation by its discovery document; raises UpstreamError for one of another issuer, or with gaps."""
    said = document if isinstance(document, Mapping) else {}
    if said.get("issuer") != issuer:
        raise UpstreamError("The organisation describes itself as another", where=issuer,
                            next="set FITINTEL_OIDC_ISSUER exactly as it writes its issuer")  # fmt: skip
    places = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(place, str) and place for place in places):
        raise UpstreamError("The description of the organisation has gaps", where=issuer)
    return Organisation(issuer, *map(str, places))


def begin(organisation: Organisation, client_id: str, back: str, to: str, now: float) -> tuple[Begun, str]:
    """A log-in, and the address of the organisation where the browser goes on; it comes back to `back`."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    begun = Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), to, now)
    address = prepare_grant_uri(
        organisation.authorisation, client_id, "code", redirect_uri=back, scope=SCOPE, state=begun.state,
        nonce=begun.nonce, code_challenge=create_s256_code_challenge(begun.verifier), code_challenge_method="S256",
    )  # fmt: skip
    return begun, str(address)


def code_of(begun: Begun, answer: Mapping[str, str], issuer: str, now: float) -> str:
    """The code with which the browser came back; raises LogInRefused for an answer to another log-in."""
    if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise LogInRefused("The answer does not belong to this log-in", next="begin again")
    if not 0 <= now - begun.at <= LASTS:
        raise LogInRefused("The answer came too late", why=f"there are {LASTS / 60:.0f} minutes", next="begin again")
    if "error" in answer or not answer.get("code"):
        raise LogInRefused("The organisation has not let you in", next="begin again")
    if answer.get("iss", issuer) != issuer:  # RFC 9207: an answer of another organisation
        raise LogInRefused("The answer does not belong to this log-in", next="begin again")
    return answer["code"]


def person(organisation: Organisation, client_id: str, keys: Any, id_token: str, nonce: str, now: datetime) -> Person:
    """Whom an ID token names; raises LogInRefused for one that is not to be believed."""
    from authlib.common.errors import AuthlibBaseError
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    wanted = {"iss": organisation.issuer, "aud": client_id, "nonce": nonce}
    options = {name: {"essential": True, "value": value} for name, value in wanted.items()}
    try:
        read = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))
        claims = CodeIDToken(read.claims, read.header, options, {"nonce": nonce, "client_id": client_id})
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        subject = f"{organisation.issuer} {claims['sub']}"
        methods = {str(one) for one in claims.get("amr") or ()}
    except (JoseError, AuthlibBaseError, KeyError, TypeError, ValueError) as error:
        raise LogInRefused("The organisation's word cannot be believed", why=type(error).__name__) from None
    audience = claims["aud"]
    if (isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id) or len(subject) > LONGEST:
        raise LogInRefused("The organisation's word cannot be believed", why="it is for somebody else")
    return Person(subject, bool(methods & STRONG))
