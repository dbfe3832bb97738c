"""Files that are written together: what many briefs bring reaches the disk in one go, before the rows that name it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import BinaryIO

from fitintel.core.errors import StorageUnavailable
from fitintel.storage.blobs import FileBlobs, Files, Owned
from fitintel.storage.store import Blobs


class GatheredFiles:
    """Files before another place of files: what is written waits here, and is read from here, until `flush`."""

    def __init__(self, files: Files, owner: str | None = None, held: dict[str | None, dict[str, bytes]] | None = None):
        self._files, self._owner = files, owner
        self._held: dict[str | None, dict[str, bytes]] = {} if held is None else held
        self.name = files.name

    def of(self, owner: str) -> GatheredFiles:
        """The same, for writing an athlete's files."""
        return GatheredFiles(self._files, owner, self._held)

    def flush(self) -> None:
        """Write what waits; each file appears whole or not at all, and outlives a crash."""
        while self._held:
            owner, files = self._held.popitem()
            _of(self._files, owner).write(files)

    def forget(self) -> None:
        """Drop what waits: nothing will name it."""
        self._held.clear()

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of each file; None for those that are not there."""
        held = [self._waiting(path) for path in paths]
        asked = [path for path, data in zip(paths, held, strict=True) if data is None]
        there = dict(zip(asked, _of(self._files, self._owner).sizes(asked), strict=True))
        return [there[path] if data is None else len(data) for path, data in zip(paths, held, strict=True)]

    def write(self, files: Mapping[str, bytes]) -> None:
        """Let files wait."""
        if files:
            self._held.setdefault(self._owner, {}).update(files)

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""
        held = self._waiting(path)
        return self._files.read(path) if held is None else held

    def open(self, path: str) -> BinaryIO:
        """The file, to read parts of it; raises FileNotFoundError."""
        held = self._waiting(path)
        return self._files.open(path) if held is None else io.BytesIO(held)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        for files in self._held.values():
            files.pop(path, None)
        self._files.remove(path)

    def unavailable(self, error: OSError) -> StorageUnavailable:
        """What a person reads of a failure."""
        return self._files.unavailable(error)

    def _waiting(self, path: str) -> bytes | None:
        return next((files[path] for files in self._held.values() if path in files), None)


def gathered(blobs: Blobs) -> tuple[FileBlobs, GatheredFiles]:
    """The same files for use until the flush of what they gather."""
    assert isinstance(blobs, FileBlobs)
    files = GatheredFiles(blobs._files)
    return FileBlobs(files), files


def _of(files: Files, owner: str | None) -> Files:
    return files.of(owner) if owner is not None and isinstance(files, Owned) else files
