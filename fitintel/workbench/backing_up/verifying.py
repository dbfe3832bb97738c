"""verify(): read every byte of the repository and say what is damaged."""

from __future__ import annotations

import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fitintel.core.errors import StorageError
from fitintel.core.settings import Settings
from fitintel.workbench.backing_up.making import note
from fitintel.workbench.backing_up.restic import Restic

NAMED_BY_CONTENT = ("data", "index", "keys", "snapshots")
"""folders of a repository whose files have the SHA-256 of their bytes as name"""


@dataclass(frozen=True, slots=True)
class Verified:
    """A repository without a damaged byte."""

    at: str
    """UTC"""
    backups: int
    seconds: float


def verify(settings: Settings) -> Verified:
    """Read all of the repository; raises StorageError that names what is damaged.

    Files of a repository on this machine are compared with their names first: restic reads of a key file only what it
    needs, and does not say which file it was.
    """
    restic = Restic(settings)
    began = time.monotonic()
    damaged = changed(restic.folder) if restic.folder else []
    if damaged:
        note(settings, damaged=len(damaged))
        raise StorageError(
            f"{len(damaged)} files of the backup are damaged", where=str(restic.folder), why=", ".join(damaged[:5]),
            next="make a backup to another place now, then look at the disk of this one",
        )  # fmt: skip
    restic.check()
    found = Verified(datetime.now(UTC).isoformat(), len(restic.snapshots("data")), time.monotonic() - began)
    note(settings, verified=asdict(found), damaged=0)
    return found


def changed(repository: Path) -> list[str]:
    """Files whose bytes are not those that their name stands for; paths relative to the repository."""
    found = []
    for folder in NAMED_BY_CONTENT:
        for path in sorted((repository / folder).rglob("*")):
            if path.is_file() and _sha256(path) != path.name:
                found.append(str(path.relative_to(repository)))
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
