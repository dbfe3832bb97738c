"""drill(): is the last backup good, how old is it, and how long does it take to have it back."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.core.settings import Settings
from fitintel.storage.digests import table_digests
from fitintel.storage.open import open_blobs
from fitintel.workbench.backing_up import contents
from fitintel.workbench.backing_up.restoring import restore
from fitintel.workbench.keyring import keyring_of


@dataclass(frozen=True, slots=True)
class Drill:
    """How long ago the last backup was made, and how long it takes to have it back."""

    snapshot: str
    rpo: float
    """s of work that a loss of this machine would cost now"""
    rto: float
    """s until a restored workspace was there and looked through"""
    found: dict[str, int]
    """what was looked at -> how many"""


def drill(settings: Settings, name: str = "latest", *, database_url: str | None = None) -> Drill:
    """Restore to a folder of its own, look whether everything named is there, and throw it away.

    `database_url`: an empty database for that, where the workspace's is not SQLite. Raises StorageError for a file that
    is missing or damaged.
    """
    if not settings.database_url.startswith("sqlite") and database_url is None:
        raise UsageError("A drill needs an empty database of the kind that is backed up",
                         next="make one, and name it with --database-url")  # fmt: skip
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fitintel-drill-") as folder:
        home = Path(folder) / "home"
        there = replace(
            settings, home=home, files_url=f"file://{home / 'files'}", mlflow_uri=f"sqlite:///{home / 'mlflow.db'}",
            database_url=database_url or _beside(settings, home), audit_anchors=home / "audit",
            keyring=home / "keyring",
        )  # fmt: skip
        served = not settings.mlflow_uri.startswith("sqlite")
        done = restore(there, name, force=True, passed_over=(contents.REGISTRY,) if served else (),
                       erase=lambda _: 0)  # fmt: skip
        found = look_through(there)
        rto = time.monotonic() - began
    age = datetime.now(UTC) - datetime.fromisoformat(done.at)
    return Drill(done.snapshot, age.total_seconds(), rto, found)


def _beside(settings: Settings, home: Path) -> str:
    """The address of a database of the same kind in another folder; of an encrypted one with its key there."""
    key = contents.database_key(settings)
    if key is None:
        return f"sqlite:///{home / 'fitintel.db'}"
    return f"sqlite+sqlcipher:///{home / 'fitintel.db'}?key_file={home / key.name}"


def look_through(settings: Settings) -> dict[str, int]:
    """Read every table and every file of a workspace; how many rows and files. Raises StorageError."""
    tables = table_digests(settings.database_url)
    files, blobs = contents.local_files(settings), open_blobs(settings.files_url, keyring_of(settings))
    found = sorted(files.glob("*/??/*")) if files else []
    for one in found:
        blobs.get(one.parent.parent.name, one.name)  # its name is the hash of what it holds
    return {"tables": len(tables), "rows": sum(rows for rows, _ in tables.values()), "files": len(found)}
