"""Opaque tokens: random, with a prefix that tells what they are; only their digest is ever kept.

Opaque and not signed: every decision reads the database anyway, for roles, consents and revocations that hold at once,
so a signature would save nothing, and there is no key to lose (docs/decisions/opaque-tokens.md).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from enum import StrEnum

BYTES = 32


class Use(StrEnum):
    """What a token is for, and how it begins."""

    ACCESS = "fia_"
    REFRESH = "fir_"
    PROGRAM = "fip_"


def new(use: Use) -> str:
    """A new token of 256 random bits.

    >>> use_of(new(Use.REFRESH)) is Use.REFRESH
    True
    """
    return use.value + secrets.token_urlsafe(BYTES)


def use_of(token: str) -> Use | None:
    """What a token is for; None for what has not the form of one.

    >>> use_of("Bearer x"), use_of("fia_short")
    (None, None)
    """
    return Use(token[:4]) if re.fullmatch(r"fi[arp]_[A-Za-z0-9_-]{43}", token) else None


def digest(token: str) -> str:
    """What is kept of a token. A plain hash: 256 random bits cannot be tried out."""
    return hashlib.sha256(token.encode()).hexdigest()
