"""Keys that are kept outside the database: given by a setting, else in a file of the workspace, made on first use.

Only its owner may read such a file, and no key is ever replaced by itself: `put_in_place` is asked for by a person. The
keys of a purpose that signs what is kept stay in a folder beside it, by their names, as long as it has to be verified.
"""

from __future__ import annotations

import base64
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import StorageUnavailable, UsageError

KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a key is for: in words, the setting that gives it, and its file in the workspace."""

    says: str
    setting: str
    file: str

    @property
    def path_setting(self) -> str:
        """The setting that names a file with the key."""
        return f"{self.setting}_FILE"


SEAL = Purpose("seals account tokens", "FITINTEL_SECRET_KEY", "secret.key")
AUDIT = Purpose("signs the audit chain", "FITINTEL_AUDIT_KEY", "audit.key")
IDENTITY = Purpose("signs identities", "FITINTEL_IDENTITY_KEY", "identity.key")


def kept_key(purpose: Purpose, home: Path, given: str | None = None) -> bytes:
    """The 32 bytes of a key: `given` in base64, else those of the workspace's key file, made when missing.

    Raises:
        UsageError: `given` is not 32 bytes in base64, or others may read the key file.
        StorageUnavailable: the key file cannot be written or read.
    """
    if given is not None:
        return _decoded(given, purpose, purpose.setting)
    path = home / purpose.file
    try:
        if not path.exists():
            _make(path)
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UsageError(
                f"Others may read the key that {purpose.says}", where=str(path),
                why=f"its permissions are {stat.S_IMODE(mode):o}", next=f"chmod 600 {path}",
            )  # fmt: skip
        return _decoded(path.read_text(encoding="ascii", errors="replace"), purpose, str(path))
    except OSError as error:
        raise StorageUnavailable(
            f"The key that {purpose.says} cannot be used", where=str(path), why=error.strerror or str(error),
            next=f"check the workspace folder, or give the key with {purpose.path_setting}",
        ) from error  # fmt: skip


def ring(purpose: Purpose, home: Path) -> dict[str, bytes]:
    """Name -> key, of all keys in the purpose's folder of the workspace."""
    return {path.stem: kept_key(Purpose(purpose.says, purpose.setting, f"{folder(purpose)}/{path.name}"), home)
            for path in sorted((home / folder(purpose)).glob("*.key"))}  # fmt: skip


def keep_in_ring(purpose: Purpose, home: Path, name: str, key: bytes) -> Path:
    """Keep a key in the purpose's folder under its name; the file."""
    path = home / folder(purpose) / f"{name}.key"
    if not path.exists():
        _make(path, key)
    return path


def new_key() -> bytes:
    """Random bytes for a key."""
    return secrets.token_bytes(KEY_SIZE)


def put_in_place(purpose: Purpose, home: Path, key: bytes) -> None:
    """Make this the workspace's key of the purpose; the one before has to be in the ring already."""
    path = home / purpose.file
    draft = path.with_name(f"{path.name}.next")
    draft.unlink(missing_ok=True)
    _make(draft, key)
    draft.replace(path)


def folder(purpose: Purpose) -> str:
    """Name of the folder of a purpose's keys.

    >>> folder(AUDIT)
    'audit-keys'
    """
    return f"{purpose.file.removesuffix('.key')}-keys"


def _decoded(text: str, purpose: Purpose, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE or len(set(key)) < KEY_SIZE // 4:
        raise UsageError(
            f"The key that {purpose.says} is not usable", where=where,
            why=f"it must be {KEY_SIZE} random bytes in base64", next="make one with: openssl rand -base64 32",
        )  # fmt: skip
    return key


def _make(path: Path, key: bytes | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(base64.b64encode(key or secrets.token_bytes(KEY_SIZE)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # of two processes that both make one, the first wins; no key is ever replaced
        except FileExistsError:
            return
    finally:
        draft.unlink()
