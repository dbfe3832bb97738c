"""Webhook messages: whether the service has sent them, and lately."""

from __future__ import annotations

import hashlib
import hmac

from fitintel.core.errors import ForgedEvent, UsageError

LONGEST_AGE = 300.0
"""s. An older message may be a recorded one that is played again."""
LARGEST = 64 * 1024
"""bytes of one message"""


def check_signature(header: str, body: bytes, secret: str | None, now: float, what: str) -> float:
    """The time [s since 1970-01-01 UTC] of a message signed as `t=TIME,v1=HEX`: HMAC-SHA256 of `TIME.BODY`.

    Raises ForgedEvent unless the signature is right and at most five minutes old, UsageError without a secret.
    """
    key = _needed(secret, what)
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    said, signature = parts.get("t", ""), parts.get("v1", "")
    proper = hmac.new(key, said.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(proper.encode(), signature.strip().lower().encode()):
        raise forged(what, "its signature is wrong")
    if not said.isdecimal() or len(said) > 12 or abs(now - int(said)) > LONGEST_AGE:
        raise forged(what, "it is more than five minutes old")
    return float(said)


def check_secret(given: str | None, secret: str | None, what: str) -> None:
    """Raise ForgedEvent unless a message holds the secret that was agreed on."""
    if not hmac.compare_digest((given or "").encode(), _needed(secret, what)):
        raise forged(what, "the secret in it is wrong")


def check_size(body: bytes, what: str) -> None:
    """Raise ForgedEvent for a message that no service sends."""
    if len(body) > LARGEST:
        raise forged(what, f"it has {len(body):,} bytes")


def forged(what: str, why: str) -> ForgedEvent:
    """The refusal of a message."""
    return ForgedEvent(f"A message that says it comes from {what} was refused", why=why, next="nothing was changed")


def _needed(secret: str | None, what: str) -> bytes:
    if not secret:
        raise UsageError(f"Messages from {what} cannot be checked", why="the secret for them is not set",
                         next="see the settings in the README")  # fmt: skip
    return secret.encode()
