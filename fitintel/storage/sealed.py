"""Sealed values: AES-256-GCM with the workspace's key. What a value belongs to is part of its seal.

A sealed value that is copied to another athlete or service, changed by one bit, or opened with another key gives
SealBroken, never another value. The key comes from FITINTEL_SECRET_KEY or FITINTEL_SECRET_KEY_FILE, else from the file
`secret.key` of the workspace, which is made on first use and which only its owner may read.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from fitintel.core.counted import count
from fitintel.core.errors import SealBroken, ServiceMissing
from fitintel.storage.keys import KEY_SIZE, SEAL, kept_key

FORMAT = b"fitintel-seal-1\n"
NAME_SIZE = 8
NONCE_SIZE = 12
OVERHEAD = len(FORMAT) + NAME_SIZE + NONCE_SIZE + 16
"""bytes by which a sealed value is longer"""


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

    @property
    def name(self) -> str:
        """The key's name, hex digits of a digest of it; it stands in what it seals."""
        return self._name.hex()

    def sealed(self, value: bytes) -> bool:
        """Whether a sealed value names this key."""
        return name_of(value) == self.name

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
        try:
            value = self._opened(sealed, belongs_to)
        except SealBroken:
            count("seals", outcome="broken")
            raise
        count("seals", outcome="ok")
        return value

    def _opened(self, sealed: bytes, belongs_to: tuple[str, ...]) -> bytes:
        from cryptography.exceptions import InvalidTag

        head = len(FORMAT) + NAME_SIZE
        if name_of(sealed) is None:
            raise _broken(belongs_to, "it does not have the form of a sealed value")
        if not self.sealed(sealed):
            raise _broken(belongs_to, "it was sealed with another key")
        try:
            return self._cipher.decrypt(sealed[head : head + NONCE_SIZE], sealed[head + NONCE_SIZE :],
                                        _bound(belongs_to))  # fmt: skip
        except InvalidTag:
            raise _broken(belongs_to, "it was changed, or moved here from somewhere else") from None


def name_of(sealed: bytes) -> str | None:
    """Name of the key that sealed a value; None for what does not have the form of a sealed value."""
    head = len(FORMAT) + NAME_SIZE
    return sealed[len(FORMAT) : head].hex() if sealed.startswith(FORMAT) and len(sealed) >= head + NONCE_SIZE else None


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
    return kept_key(SEAL, home, given)
