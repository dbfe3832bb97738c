"""FileBlobs: bytes by content hash, in a local folder or, by `remote`, in any file system that fsspec knows."""

from __future__ import annotations

import os
import re
import secrets
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from fitintel.core import snapshot
from fitintel.core.errors import NotFound, StorageError, StorageUnavailable, UnknownName

if TYPE_CHECKING:
    from concurrent.futures import Executor

KINDS = ("raw", "snapshots", "streams")
MANY, SYNCING = 4, 16
"""files from which on they are synced by threads, and how many threads"""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Files(Protocol):
    """The few things that FileBlobs needs of a file system. Failures are OSErrors."""

    name: str

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of each file; None for those that are not there."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files; each appears whole or not at all, and outlives a crash."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""

    def open(self, path: str) -> BinaryIO:
        """The file, to read parts of it; raises FileNotFoundError."""

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""

    def unavailable(self, error: OSError) -> StorageUnavailable:
        """What a person reads of a failure."""


@runtime_checkable
class Owned(Protocol):
    """Files that are written for an owner."""

    def of(self, owner: str) -> Files:
        """The same, for writing an athlete's files."""


class FileBlobs:
    """Content-addressed files `kind/ab/abcdef...`; snapshots are compressed, raw files are kept as they came."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def of(self, athlete_id: str) -> FileBlobs:
        """The same, for keeping an athlete's files: where there are keys they are sealed with the athlete's."""
        return FileBlobs(self._files.of(athlete_id)) if isinstance(self._files, Owned) else self

    def put(self, kind: str, data: bytes) -> str:
        """Keep bytes under their SHA-256 (hex), once; `kind` is `raw` or `snapshots`."""
        digest = snapshot.digest_of(data)
        self.put_many(kind, {digest: data})
        return digest

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep several, digest -> bytes, already hashed; those that are there are left. Raises StorageUnavailable.

        One that is there with another size is not believed, and written again.
        """
        packed = kind == "snapshots"
        paths = {path_of(kind, digest): data for digest, data in items.items()}
        try:
            there = self._files.sizes(list(paths))
            missing = {
                path: data for (path, data), size in zip(paths.items(), there, strict=True)
                if not (size if packed else size == len(data))
            }  # fmt: skip
            self._files.write({path: snapshot.pack(data) if packed else data for path, data in missing.items()})
        except OSError as error:
            raise self._files.unavailable(error) from error

    def get(self, kind: str, digest: str) -> bytes:
        """The bytes; raises NotFound, or StorageError when the content does not match its hash."""
        path = path_of(kind, digest)
        try:
            kept = self._files.read(path)
        except FileNotFoundError as error:
            raise self._missing(kind, digest) from error
        except OSError as error:
            raise self._files.unavailable(error) from error
        try:
            data = snapshot.unpack(kept) if kind == "snapshots" else kept
        except zlib.error:
            data = None
        if data is None or snapshot.digest_of(data) != digest:
            raise StorageError(
                "A stored file was changed or damaged", where=f"{self._files.name}/{path}",
                why="its content does not match its hash", next="restore it from the backup; it was not used",
            )  # fmt: skip
        return data

    def open(self, kind: str, digest: str) -> BinaryIO:
        """The file, to read parts of it; raises NotFound. Its hash is not checked: the parts have their own."""
        try:
            return self._files.open(path_of(kind, digest))
        except FileNotFoundError as error:
            raise self._missing(kind, digest) from error
        except OSError as error:
            raise self._files.unavailable(error) from error

    def remove(self, kind: str, digests: Iterable[str]) -> None:
        """Remove bytes for good; what is not there is passed over. Raises StorageUnavailable."""
        try:
            for digest in digests:
                self._files.remove(path_of(kind, digest))
        except OSError as error:
            raise self._files.unavailable(error) from error

    def _missing(self, kind: str, digest: str) -> NotFound:
        return NotFound(
            f"There is no file {digest[:12]}... among the {kind}", where=self._files.name,
            next="restore the file store from its backup",
        )  # fmt: skip


class LocalFiles:
    """A folder. fsspec is not imported for it: that takes longer than everything that is done here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = str(folder)

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of each file; None for those that are not there."""
        return [self._size(path) for path in paths]

    def _size(self, path: str) -> int | None:
        try:
            return (self._folder / path).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write all beside their places, sync them, rename them, sync the folders: a crash leaves no part of a file."""
        ready: list[tuple[str, str]] = []
        with _Disk() as disk:
            try:
                for path, data in files.items():
                    place = os.path.join(self._folder, path)
                    folder, name = os.path.split(place)
                    draft = os.path.join(folder, f".{name}.{secrets.token_hex(4)}")
                    ready.append((draft, place))
                    _write(draft, data)
                disk.sync([draft for draft, _ in ready])
                for draft, place in ready:
                    os.replace(draft, place)
            except OSError:
                for draft, _ in ready:
                    Path(draft).unlink(missing_ok=True)
                raise
            disk.sync(sorted({os.path.dirname(place) for _, place in ready}))

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError."""
        return (self._folder / path).read_bytes()

    def open(self, path: str) -> BinaryIO:
        """The file; raises FileNotFoundError."""
        return (self._folder / path).open("rb")

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        (self._folder / path).unlink(missing_ok=True)

    def unavailable(self, error: OSError) -> StorageUnavailable:
        """What a person reads of a failure."""
        return StorageUnavailable(
            "The file store cannot be used", where=self.name, why=error.strerror or str(error),
            next="check that the folder can be written to and that there is room on the disk",
        )  # fmt: skip


def files_at(url: str) -> Files:
    """The file system of a URL; a path or `file://` URL is a local folder, made when first written to."""
    scheme, separator, _ = url.partition("://")
    if not separator:
        return LocalFiles(Path(url))
    if scheme == "file":
        # written by fitintel as file:// and a path, so that neither "%" nor "#" in it has a second meaning
        return LocalFiles(Path(url[len("file://") :]))
    from fitintel.storage.remote import RemoteFiles

    return RemoteFiles(url)


def path_of(kind: str, digest: str) -> str:
    """Path of a file in the store; raises UnknownName for a kind that there is not."""
    if kind not in KINDS:
        raise UnknownName("kind of stored file", kind, KINDS)
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"not a SHA-256 in lower-case hex: {digest!r}")
    return f"{kind}/{digest[:2]}/{digest}"


def _write(path: str, data: bytes) -> None:
    try:
        file = open(path, "xb")  # noqa: SIM115 - in a folder that may have to be made first
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = open(path, "xb")  # noqa: SIM115
    with file:
        file.write(data)


class _Disk:
    """Waits for the disk: for a few files one after the other, for many with threads that live as long as this does.

    The disk writes what several threads wait for at once: measured 6 to 20 times faster for 64 files.
    """

    def __init__(self) -> None:
        self._pool: Executor | None = None

    def __enter__(self) -> _Disk:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def sync(self, paths: Sequence[str]) -> None:
        """Wait until files or folders are on the disk."""
        if len(paths) < MANY:
            for path in paths:
                _sync(path)
            return
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(SYNCING)
        for _ in self._pool.map(_sync, paths):
            pass


def _sync(path: str) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
