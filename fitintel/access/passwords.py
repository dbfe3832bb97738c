"""Passwords: Argon2id (RFC 9106), and what is too weak to be one."""

from __future__ import annotations

from functools import cache
from typing import Any

from fitintel.core.errors import ServiceMissing, UsageError

SHORTEST, LONGEST = 12, 256
DIFFERENT = 6
"""characters that a password has at least, counted once each"""


@cache
def _hasher() -> Any:
    try:
        from argon2 import PasswordHasher
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            "The package for accounts is not installed", next="pip install 'fitintel[access]'"
        ) from error
    return PasswordHasher()


@cache
def _nobodys() -> str:
    # an unknown name costs as much as a wrong password, so that the time says nothing about who is here
    return str(_hasher().hash("nobody has this password"))


def check(password: str, name: str = "") -> None:
    """Raise UsageError for a password that can be guessed. No rule on kinds of characters: length is what counts.

    >>> check("correct horse battery staple", "anna")
    """
    why = ""
    if not SHORTEST <= len(password) <= LONGEST:
        why = f"it has {len(password)} characters, from {SHORTEST} to {LONGEST} are possible"
    elif len(set(password)) < DIFFERENT:
        why = f"it has fewer than {DIFFERENT} different characters"
    elif len(name) > 3 and name.lower() in password.lower():
        why = "it holds the name of the account"
    if why:
        raise UsageError("This password is too weak", why=why, next="take some words that do not belong together")


def hashed(password: str) -> str:
    """The Argon2id hash with its parameters and a new salt."""
    return str(_hasher().hash(password))


def matches(kept: str, password: str) -> bool:
    """Whether the password is the one of a kept hash; as slow where nothing is kept, and then never."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return bool(_hasher().check_needs_rehash(kept))
