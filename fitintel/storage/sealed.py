"""Sealed values: AES-256-GCM with the workspace's key. What a value belongs to is part of its seal.

A sealed value that is copied to another athlete or service, changed by one bit, or opened with another key gives
SealBroken, never another value. The key comes from FITINTEL_SECRET_KEY or FITINTEL_SECRET_KEY_FILE, else from the file
`secret.key` of the workspace, which is made on first use and which only its owner may read.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import stat
from pathlib import Path

from fitintel.core.errors import SealBroken, ServiceMissing, StorageUnavailable, UsageError

FORMAT = b"fitintel-seal-1\n"
KEY_SIZE = 32
NAME_SIZE = 8
NONCE_SIZE = 12
KEY_FILE = "secret.key"


class Sealer:
    """Seals and opens values with one key."""

    def __init__(self, key: bytes) -> None:
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        except ModuleNotFoundError as error:
            raise ServiceMissing(
                "The package that seals account tokens is not installed", next="pip install 'fitintel[connect]'"
            ) from error
        if len(key) != KEY_SIZE:
            raise ValueError(f"a key has {KEY_SIZE} bytes, not {len(key)}")
        self._name = hashlib.sha256(FORMAT + key).digest()[:NAME_SIZE]
        self._cipher = AESGCM(key)

    def seal(self, value: bytes, *belongs_to: str) -> bytes:
        """The sealed form of `value`; only `open` with the same key and the same `belongs_to` gives it back.

        >>> sealer = Sealer(bytes(32))
        >>> sealer.open(sealer.seal(b"token", "anna", "strava"), "anna", "strava")
        b'token'
        """
        nonce = secrets.token_bytes(NONCE_SIZE)
        return FORMAT + self._name + nonce + self._cipher.encrypt(nonce, value, _bound(belongs_to))

    def open(self, sealed: bytes, *belongs_to: str) -> bytes:
        """The value; raises SealBroken when it was changed, belongs to something else, or has another key."""
        from cryptography.exceptions import InvalidTag

        head = len(FORMAT) + NAME_SIZE
        if not sealed.startswith(FORMAT) or len(sealed) < head + NONCE_SIZE:
            raise _broken(belongs_to, "it does not have the form of a sealed value")
        if sealed[len(FORMAT) : head] != self._name:
            raise _broken(belongs_to, "it was sealed with another key")
        try:
            return self._cipher.decrypt(sealed[head : head + NONCE_SIZE], sealed[head + NONCE_SIZE :],
                                        _bound(belongs_to))  # fmt: skip
        except InvalidTag:
            raise _broken(belongs_to, "it was changed, or moved here from somewhere else") from None


def _bound(parts: tuple[str, ...]) -> bytes:
    # with its length before each part, ("ab", "c") and ("a", "bc") are bound differently
    return b"".join(len(data).to_bytes(4, "big") + data for data in (part.encode() for part in parts))


def _broken(belongs_to: tuple[str, ...], why: str) -> SealBroken:
    return SealBroken(
        "A sealed value cannot be opened", where="/".join(belongs_to), why=why,
        next="restore the key file or FITINTEL_SECRET_KEY that it was sealed with, or connect the account again",
    )  # fmt: skip


def workspace_key(home: Path, given: str | None = None) -> bytes:
    """The 32 bytes of the key: `given` in base64, else those of the workspace's key file, made when missing.

    Raises:
        UsageError: `given` is not 32 bytes in base64, or others may read the key file.
        StorageUnavailable: the key file cannot be written or read.
    """
    if given is not None:
        return _decoded(given, "FITINTEL_SECRET_KEY")
    path = home / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UsageError(
                "Others may read the key that seals account tokens", where=str(path),
                why=f"its permissions are {stat.S_IMODE(mode):o}", next=f"chmod 600 {path}",
            )  # fmt: skip
        return _decoded(path.read_text(encoding="ascii", errors="replace"), str(path))
    except OSError as error:
        raise StorageUnavailable(
            "The key that seals account tokens cannot be used", where=str(path), why=error.strerror or str(error),
            next="check the workspace folder, or give the key with FITINTEL_SECRET_KEY_FILE",
        ) from error  # fmt: skip


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE or len(set(key)) < KEY_SIZE // 4:
        raise UsageError(
            "The key that seals account tokens is not usable", where=where,
            why=f"it must be {KEY_SIZE} random bytes in base64", next="make one with: openssl rand -base64 32",
        )  # fmt: skip
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_SIZE)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # of two processes that both make one, the first wins; no key is ever replaced
        except FileExistsError:
            return
    finally:
        draft.unlink()
