"""The identity header: who the gate has checked, signed for one front end and for a short time.

The gate signs with Ed25519 (RFC 8037); front ends hold the public half alone, so that none of them, and nothing that
runs in them, can make an identity. A header says who asks and with which log-in, never what they may do: that is looked
up at each decision, so that a log-out holds before the header is over.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from fitintel.core.errors import ForeignIdentity, LogInRefused

HEADER = "X-Fitintel-Identity"
"""set by the gateway alone, which throws away what a browser sends under this name"""
ALGORITHM = "Ed25519"
ISSUER = "fitintel gate"
LIFETIME = timedelta(seconds=60)
LONGEST = timedelta(minutes=15)
"""of a front end that keeps the header while a page is made"""
LEEWAY = timedelta(seconds=5)
"""that clocks of two machines may differ"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the gate has checked."""

    account_id: str
    session_id: str
    """log-in that it belongs to"""
    surface: str
    """front end that it is for"""
    expires_at: datetime


def signed(
    seed: bytes, account_id: str, session_id: str, surface: str, now: datetime, *, lasts: timedelta = LIFETIME
) -> str:
    """The header's value; `seed` is the 32 bytes of the private key. Raises ValueError for more than LONGEST.

    >>> now = datetime(2026, 1, 2, tzinfo=UTC)
    >>> value = signed(bytes(32), "anna", "s1", "app", now)
    >>> read(public_of(bytes(32)), value, "app", now).account_id
    'anna'
    """
    from joserfc import jwt

    if lasts > LONGEST:
        raise ValueError(f"an identity lasts at most {LONGEST}")
    claims = {"iss": ISSUER, "aud": surface, "sub": account_id, "sid": session_id, "iat": int(now.timestamp()),
              "exp": int((now + lasts).timestamp())}  # fmt: skip
    return jwt.encode({"alg": ALGORITHM}, claims, _key(public_of(seed), seed), algorithms=[ALGORITHM])


def read(public: bytes, value: str, surface: str, now: datetime) -> Identity:
    """The identity that a header's value states for a front end.

    Raises ForeignIdentity where it is made for another one; LogInRefused where it is not signed by the gate, or over.
    """
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        said = jwt.decode(value, _key(public), algorithms=[ALGORITHM]).claims
        found = Identity(said["sub"], said["sid"], said["aud"], datetime.fromtimestamp(said["exp"], UTC))
        begun = datetime.fromtimestamp(said["iat"], UTC)
        proper = said["iss"] == ISSUER and all(isinstance(said[name], str) for name in ("sub", "sid", "aud"))
    except (JoseError, KeyError, TypeError, ValueError, OverflowError, OSError):
        raise LogInRefused("The identity is not the gate's", why="it is not signed as it has to be") from None
    if not proper or found.expires_at - begun > LONGEST:
        raise LogInRefused("The identity is not the gate's", why="it does not say what it has to")
    if found.surface != surface:
        raise ForeignIdentity("The identity is not for this front end", why=f"it was made for {found.surface}")
    if not begun - LEEWAY <= now < found.expires_at + LEEWAY:
        raise LogInRefused("The identity is over", next="load the page again")
    return found


def public_of(seed: bytes) -> bytes:
    """The public half of a key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _key(public: bytes, seed: bytes | None = None) -> Any:
    from joserfc.jwk import OKPKey

    made: dict[str, Any] = {"kty": "OKP", "crv": "Ed25519", "x": _text(public)}
    return OKPKey.import_key({**made, "d": _text(seed)} if seed is not None else made)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
