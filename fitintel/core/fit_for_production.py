"""Secrets before anything is served: what is missing, short, known to everybody or readable by others is refused.

What is said names settings, never values. Keys that no setting gives are random files of the workspace, made on first
use and readable by their owner alone: they need no check here.
"""

from __future__ import annotations

import base64
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fitintel.core.errors import UsageError

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

SHORTEST = 16
"""characters of a secret"""
DIFFERENT = 8
"""characters that it has at least, counted once each"""
KEYS = ("SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY")
KEY_SIZE = 32
"""bytes"""
MADE_HERE = (*KEYS, "WEBHOOK_SECRET", "BACKUP_PASSWORD", "INTERVALS_WEBHOOK_SECRET", "STRAVA_VERIFY_TOKEN")
"""secrets that the operator chooses; the others are what a service gave"""
KNOWN = ("password", "changeme", "change-me", "secret", "admin", "default", "example", "letmein", "fitintel", "qwerty",
         "12345678", "abcdefgh")  # fmt: skip
"""what a default is made of"""
LOCAL = ("localhost", "127.0.0.1", "::1")


def check(settings: Settings) -> None:
    """Return if the settings are fit to be reached by others; raise UsageError, with every name that is not."""
    found = sorted({f"FITINTEL_{name}: {why}" for name, why in _faults(settings)})
    if found:
        next = "give each as a file with FITINTEL_..._FILE; openssl rand -base64 32 makes one"
        raise UsageError("These settings are not fit for production", why="; ".join(found), next=next)


def _faults(settings: Settings) -> Iterator[tuple[str, str]]:
    from fitintel.core.settings import SECRET

    for name in SECRET:
        path = settings.accounts.get(f"{name}_FILE")
        if path is not None and (why := _open(Path(path))):
            yield f"{name}_FILE", why
            continue
        given = settings.account(name) if name in MADE_HERE else None
        if given is not None and (why := weak(given, name in KEYS)):
            yield name, why
    public = urlsplit(settings.account("PUBLIC_URL") or "")
    if public.scheme != "https" or not public.hostname:
        yield "PUBLIC_URL", "it has to begin with https://"
    if settings.account("OIDC_ISSUER") and not settings.account("OIDC_CLIENT_ID"):
        yield "OIDC_CLIENT_ID", "it is missing"
    yield from _address("DATABASE_URL", settings.database_url, ("mysql", "mariadb"), ("ssl_ca",))
    yield from _address("CACHE_URL", settings.cache_url, ("redis", "rediss"), ())


def _address(name: str, url: str, kinds: tuple[str, ...], encrypted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Faults of the address of a server: its password, and whether what it says crosses a network in clear text."""
    found = urlsplit(url)
    kind = found.scheme.partition("+")[0]
    # a socket of this machine knows its client by the user of the operating system
    if kind not in kinds or not found.hostname or "unix_socket=" in found.query:
        return
    if why := weak(unquote(found.password or ""), False):
        yield name, f"its password: {why}"
    if found.hostname not in LOCAL and kind != "rediss" and not any(f"{one}=" in found.query for one in encrypted):
        yield name, "what it says would cross the network in clear text"


def weak(secret: str, key: bool = False) -> str:
    """Why a secret is too weak; empty for a good one. `key`: it has to be 32 bytes in base64.

    >>> weak(""), weak("password1234password"), weak("kZ4!vRt9Qm2xLp7Wd")
    ('it is missing', 'it is made of what everybody tries', '')
    """
    if not secret:
        return "it is missing"
    if any(known in secret.lower() for known in KNOWN) and not key:
        return "it is made of what everybody tries"
    if key:
        try:
            data = base64.b64decode(secret, validate=True)
        except ValueError:
            data = b""
        return "" if len(data) == KEY_SIZE and len(set(data)) >= DIFFERENT else "it is not 32 random bytes in base64"
    if len(secret) < SHORTEST:
        return f"it has fewer than {SHORTEST} characters"
    return "" if len(set(secret)) >= DIFFERENT else f"it has fewer than {DIFFERENT} different characters"


def _open(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except OSError:
        return "the file cannot be read"
    return "others may read the file" if mode & (stat.S_IRWXG | stat.S_IRWXO) else ""
