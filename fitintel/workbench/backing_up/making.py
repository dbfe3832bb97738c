"""back_up(): everything of a workspace into the repository, while it is used."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from fitintel.core.errors import NotFound, StorageError, UsageError
from fitintel.core.settings import Settings
from fitintel.storage.copies import copy_database
from fitintel.workbench.backing_up import contents
from fitintel.workbench.backing_up.restic import Restic

KEYS_DAYS = 30
"""d. Backups of keys older than this are removed: what was erased is unreadable in every backup after that long."""
LAST = "last.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    snapshot: str
    at: str
    """UTC; what was written until then is in it"""
    added: int
    """bytes that the repository grew by"""
    seconds: float


def back_up(settings: Settings) -> Made:
    """Copy the databases, then back them up with the files; keys apart.

    Raises UsageError without a repository or password, NotFound without a workspace, StorageError, ServiceMissing.
    """
    restic = Restic(settings)
    if not settings.home.is_dir():
        raise NotFound("There is no workspace to back up", where=str(settings.home))
    began, at = time.monotonic(), datetime.now(UTC)
    folder = contents.folder(settings)
    with alone(settings):
        restic.make()
        copies = folder / contents.COPIES
        copies.mkdir(mode=0o700, parents=True, exist_ok=True)
        # databases first: the files that they name are written before the rows that name them
        made = [copy for name, url in contents.databases(settings).items()
                if (copy := copy_database(url, copies, name)) is not None]  # fmt: skip
        contents.mirror(settings)
        contents.manifest(settings, at, made).write(copies / contents.MANIFEST)
        done = restic.keep([copies, *contents.entries(settings)], contents.DATA,
                           leave_out=contents.left_out(settings))  # fmt: skip
        if kept := contents.secrets(settings):
            restic.keep(kept, contents.KEYS)
            restic.forget(contents.KEYS, "--keep-within", f"{KEYS_DAYS}d")
        for copy in made:
            copy.unlink()
    found = Made(str(done["snapshot_id"])[:8], at.isoformat(), int(done["data_added"]), time.monotonic() - began)
    note(settings, made=asdict(found))
    return found


def note(settings: Settings, **what: object) -> None:
    """Keep what was done last beside the workspace: figures of monitoring are read from it."""
    place = contents.folder(settings) / LAST
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_text(json.dumps({**noted(settings), **what}), encoding="utf-8")


def noted(settings: Settings) -> dict[str, object]:
    """What was noted; empty before the first backup."""
    place = contents.folder(settings) / LAST
    try:
        found: dict[str, object] = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One backup or restore of a workspace at a time; raises UsageError while another runs."""
    place: Path = contents.folder(settings) / "backup.lock"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file: IO[str] = place.open("a")
    except OSError as error:
        raise StorageError("The workspace cannot be written to", where=str(place), why=error.strerror) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError("A backup or restore of this workspace is running", next="wait for its end") from None
        yield
