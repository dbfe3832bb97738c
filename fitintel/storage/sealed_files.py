"""SealedFiles: raw files and samples are kept sealed with their owner's key, under the name that their content gives.

So nothing that names a file changes when it is sealed. Content that two athletes have is sealed with a key of the
workspace: it is the other's as well when one of them is erased. What was kept before there were keys stays readable.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import BinaryIO

from fitintel.core.errors import StorageUnavailable
from fitintel.storage.blobs import Files
from fitintel.storage.keyring import MARK_SIZE, SHARED, Keyring
from fitintel.storage.sealed import OVERHEAD, name_of

FORMAT = b"fitintel-file-1\n"
HEAD = len(FORMAT) + MARK_SIZE
KINDS = ("raw/", "streams/")
"""beginnings of the paths of what may hold a track"""
NOT_THIS = -1
"""a size that no file has: it is written anew"""


class SealedFiles:
    """A file system some of whose files are sealed.

    Args:
        files: where they lie.
        keyring: keys of the owners.
        owner: the athlete whose files are written; None: what is written is not sealed. Everything is read alike.
    """

    def __init__(self, files: Files, keyring: Keyring, owner: str | None = None) -> None:
        self._files, self._keyring, self._owner = files, keyring, owner
        self.name = files.name

    def of(self, owner: str) -> SealedFiles:
        """The same, for writing an athlete's files."""
        return SealedFiles(self._files, self._keyring, owner)

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of what each file holds; None for those that are not there, and -1 for those to be sealed anew."""
        return [size if size is None or not path.startswith(KINDS) else self._size(path, size)
                for path, size in zip(paths, self._files.sizes(paths), strict=True)]  # fmt: skip

    def _size(self, path: str, size: int) -> int:
        whose = self.mark_of(path)
        if self._owner is not None and whose not in (SHARED, self._keyring.mark(self._owner)):
            return NOT_THIS
        return size if whose is None else size - HEAD - OVERHEAD

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files; each appears whole or not at all, and outlives a crash."""
        self._files.write({path: self._sealed(path, data) for path, data in files.items()})

    def _sealed(self, path: str, data: bytes) -> bytes:
        if self._owner is None or not path.startswith(KINDS):
            return data
        mine = self._keyring.mark(self._owner)
        there = self._files.sizes([path])[0] is not None
        return self.sealed_for(mine if not there or self.mark_of(path) == mine else SHARED, path, data)

    def sealed_for(self, mark: str, path: str, data: bytes) -> bytes:
        """The sealed form of a file of the path, for the owner of a mark."""
        return FORMAT + mark.encode() + self._keyring.newest(mark).seal(data, mark, path)

    def is_newest(self, path: str, mark: str) -> bool:
        """Whether a file is sealed with the newest key of a mark; true of one that is not there."""
        try:
            with self._files.open(path) as file:
                head = file.read(HEAD + OVERHEAD)
        except FileNotFoundError:
            return True
        return _whose(head) == mark and self._keyring.newest(mark).sealed(head[HEAD:])

    def reseal(self, path: str, mark: str) -> bool:
        """Seal a file with the newest key of a mark; False where it is already, or not there."""
        try:
            kept = self._files.read(path)
        except FileNotFoundError:
            return False
        if _whose(kept) == mark and self._keyring.newest(mark).sealed(kept[HEAD:]):
            return False
        self._files.write({path: self.sealed_for(mark, path, self._opened(path, kept))})
        return True

    def mark_of(self, path: str) -> str | None:
        """Mark of the owner that a file is sealed for; None for one that is not sealed."""
        with self._files.open(path) as file:
            return _whose(file.read(HEAD))

    def read(self, path: str) -> bytes:
        """What a file holds; raises FileNotFoundError, or SealBroken."""
        return self._opened(path, self._files.read(path))

    def open(self, path: str) -> BinaryIO:
        """The file, to read parts of it; raises FileNotFoundError. A sealed one is read whole, as it was sealed."""
        file = self._files.open(path)
        if not path.startswith(KINDS):
            return file
        head = file.read(HEAD)
        if _whose(head) is None:
            file.seek(0)
            return file
        with file:
            return io.BytesIO(self._opened(path, head + file.read()))

    def _opened(self, path: str, kept: bytes) -> bytes:
        mark = _whose(kept[:HEAD]) if path.startswith(KINDS) else None
        name = None if mark is None else name_of(kept[HEAD:])
        return kept if mark is None or name is None else self._keyring.opener(mark, name).open(kept[HEAD:], mark, path)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        self._files.remove(path)

    def unavailable(self, error: OSError) -> StorageUnavailable:
        """What a person reads of a failure."""
        return self._files.unavailable(error)


def _whose(kept: bytes) -> str | None:
    return kept[len(FORMAT) : HEAD].decode("ascii", "replace") if kept.startswith(FORMAT) else None
