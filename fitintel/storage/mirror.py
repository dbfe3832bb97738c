"""Files of a store on another machine as a folder here, and back. A file never changes, so its name is enough."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from fitintel.core.errors import StorageUnavailable
from fitintel.storage.blobs import KINDS
from fitintel.storage.remote import AT_ONCE, RemoteFiles


def fetch(files_url: str, folder: Path) -> int:
    """Bring what is there and not here; files that are gone there go here, too. How many were brought.

    Raises StorageUnavailable.
    """
    files = RemoteFiles(files_url)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    there, here = set(_names(files)), {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    for name in here - there:
        (folder / name).unlink()
    missing = sorted(there - here)

    def bring(name: str) -> None:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.draft")
        draft.write_bytes(files.read(name))
        draft.replace(place)

    _each(files, missing, bring)
    return len(missing)


def send(folder: Path, files_url: str) -> int:
    """Put what is here into the store; how many files. Raises StorageUnavailable."""
    files = RemoteFiles(files_url)
    names = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    _each(files, names, lambda name: files.write({name: (folder / name).read_bytes()}))
    return len(names)


def _names(files: RemoteFiles) -> list[str]:
    try:
        return [f"{kind}/{name}" for kind in KINDS for name in files.names(kind)]
    except OSError as error:
        raise files.unavailable(error) from error


def _each(files: RemoteFiles, names: list[str], work: Any) -> None:
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(work, names):
                pass
    except OSError as error:
        raise StorageUnavailable("The file store cannot be used", where=files.name, why=str(error)[:300],
                                 next=files.advice) from error  # fmt: skip
