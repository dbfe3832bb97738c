"""What of a workspace is kept, and where it belongs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fitintel.core.errors import StorageError
from fitintel.core.release import RELEASE
from fitintel.core.settings import Settings
from fitintel.storage.digests import table_digests
from fitintel.storage.engine import key_file, parse
from fitintel.storage.mirror import fetch, send

DATA, KEYS = "data", "keys"
"""tags of the two snapshots"""
FOLDER, COPIES, MIRROR = "backup", "copies", "files"
"""folder of the workspace, and in it: copies of databases, and files of a store that is on another machine"""
MANIFEST = "backup.json"
FACTS, REGISTRY = "facts", "mlflow"
SECRETS = ("*.key", "*-keys", "keyring")
"""of a workspace: keys, and with those of the athletes the marks of who was erased"""
PASSING = (FOLDER, "production", "pages", "columns", "*.lock", "*.log", "*-wal", "*-shm", "*-journal", "*.restored")
"""of a workspace: made again when it is needed, or of the running programs only"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, as it says of itself."""

    release: str
    at: str
    """UTC, taken before the first database was read: what was written until then is in it"""
    home: str
    files: str | None
    """folder of the files where it is not in `home`"""
    copies: dict[str, str]
    """name of a database's copy -> its SHA-256"""

    def write(self, place: Path) -> None:
        """As JSON."""
        place.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def manifest(settings: Settings, at: datetime, copies: list[Path]) -> Manifest:
    """Of copies that have just been made."""
    outside = local_files(settings)
    if outside is not None and outside.is_relative_to(settings.home):
        outside = None
    return Manifest(RELEASE, at.astimezone(UTC).isoformat(), str(settings.home), str(outside) if outside else None,
                    {one.name: sha256(one) for one in copies})  # fmt: skip


def read(place: Path) -> Manifest:
    """Raises StorageError for one that is not there, or whose copies are other bytes than it says."""
    try:
        found = Manifest(**json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StorageError("This backup does not say what it holds", where=str(place), why=str(error)[:200],
                           next="take another one: fitintel backup list") from error  # fmt: skip
    for name, digest in found.copies.items():
        if sha256(place.parent / name) != digest:
            raise StorageError("The copy of a database is not what was backed up", where=name,
                               next="take another one: fitintel backup list")  # fmt: skip
    return found


def sha256(path: Path) -> str:
    """Of a file, in hex; raises StorageError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError("A file of the backup is missing", where=str(path), why=error.strerror) from error


def local_files(settings: Settings) -> Path | None:
    """The folder of the file store; None where it is elsewhere."""
    url = settings.files_url
    if url.startswith("file://"):
        return Path(url.removeprefix("file://"))
    return None if "://" in url else Path(url)


def folder(settings: Settings) -> Path:
    """Where a backup is prepared."""
    return settings.home / FOLDER


def databases(settings: Settings) -> dict[str, str]:
    """Name of a copy -> address; an MLflow server is asked by nobody here: its database is named to it, not to us."""
    found = {FACTS: settings.database_url, REGISTRY: settings.mlflow_uri}
    return {name: url for name, url in found.items() if not url.startswith(("http://", "https://"))}


def entries(settings: Settings) -> list[Path]:
    """What lies in the workspace and is kept as it is, with what the settings have put elsewhere on this machine."""
    aside = {place for url in databases(settings).values() if (place := _sqlite(url)) is not None}
    if (key := database_key(settings)) is not None:
        aside.add(key)
    found = [one for one in sorted(settings.home.iterdir())
             if one not in aside and not any(one.match(each) for each in (*SECRETS, *PASSING))]  # fmt: skip
    if not _local(settings):
        found.append(folder(settings) / MIRROR)
    elsewhere = (local_files(settings), settings.audit_anchors)
    return found + [one for one in elsewhere if one and one.is_dir() and not one.is_relative_to(settings.home)]


def left_out(settings: Settings) -> list[str]:
    """Patterns of what is passing, wherever it lies below an entry."""
    return [each for each in PASSING if each.startswith("*")]


def secrets(settings: Settings) -> list[Path]:
    """Keys, and the marks of the erased."""
    elsewhere = {settings.keyring} if settings.keyring.is_dir() else set()
    key = database_key(settings)
    if key is not None and key.is_file():
        elsewhere.add(key)
    return sorted({one for each in SECRETS for one in settings.home.glob(each)} | elsewhere)


def database_key(settings: Settings) -> Path | None:
    """Where the key of an encrypted database is; None where it is not encrypted."""
    return key_file(parse(settings.database_url))


def in_use(settings: Settings) -> bool:
    """Whether the workspace holds anything that a restore would replace."""
    place = _sqlite(settings.database_url)
    if place is not None:
        return place.exists()
    return any(table_digests(settings.database_url).values())


def mirror(settings: Settings) -> None:
    """Bring files of a store on another machine here; those that are here already are not asked for again."""
    if not _local(settings):
        fetch(settings.files_url, folder(settings) / MIRROR)


def unmirror(settings: Settings) -> None:
    """Put them back to their store."""
    if not _local(settings):
        send(folder(settings) / MIRROR, settings.files_url)


def _local(settings: Settings) -> bool:
    return local_files(settings) is not None


def _sqlite(url: str) -> Path | None:
    named = parse(url).database if url.startswith("sqlite") else None
    return Path(named) if named else None
