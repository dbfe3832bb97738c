"""RemoteFiles: a folder of any file system that fsspec knows. S3, and what speaks like it, is the one that is tested.

Every failure becomes an OSError here, whatever the driver raises; messages hold no credentials.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from fitintel.core.errors import ServiceMissing, StorageUnavailable, UsageError

S3 = ("s3", "s3a")
S3_OPTIONS: dict[str, Any] = {
    # objects come and go by other processes, too
    "use_listings_cache": False,
    # one that is away is told within a minute or two; the defaults of botocore and s3fs together take half an hour
    "config_kwargs": {"connect_timeout": 10, "read_timeout": 20,
                      "retries": {"mode": "standard", "total_max_attempts": 3}},
}  # fmt: skip
S3_RETRIES = 2
"""of s3fs, around those of botocore"""
AT_ONCE = 16
"""requests at once where each is small"""
_USER = re.compile(r"//[^/@\s]+@")


class RemoteFiles:
    """A folder of any fsspec file system; object stores write an object whole or not at all."""

    def __init__(self, url: str) -> None:
        self._scheme, _, rest = url.partition("://")
        if self._scheme in S3 and "@" in rest.partition("/")[0]:
            raise UsageError(
                "The file store's address holds credentials, which is not supported", where=f"{self._scheme}://...",
                why="addresses are printed and logged",
                next="write s3://BUCKET/FOLDER, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            )  # fmt: skip
        self._url, self._pid = url, 0
        self._system: Any = None
        self._failures: tuple[type[Exception], ...] = ()
        self._connect()
        self.name = f"{self._scheme}://{self._root.lstrip('/')}"
        self.advice = (
            "check the network and AWS_ENDPOINT_URL, that the bucket exists, and that AWS_ACCESS_KEY_ID and"
            " AWS_SECRET_ACCESS_KEY may read and write there; then repeat it"
            if self._scheme in S3
            else "check that it can be reached and written to; then repeat it"
        )

    def _connect(self) -> None:
        import fsspec

        try:
            found: tuple[Any, str] = fsspec.url_to_fs(self._url, **(S3_OPTIONS if self._scheme in S3 else {}))
        except ImportError as error:
            next = "pip install 'fitintel[s3]'" if self._scheme in S3 else None
            raise ServiceMissing(
                "The driver of the file store is not installed", where=self._scheme, why=str(error), next=next
            ) from error
        except ValueError as error:
            raise UsageError("The file store's address is not supported", why=safe(str(error))) from error
        self._system, self._root = found[0], found[1].rstrip("/")
        if self._scheme in S3:
            from aiohttp import ClientError as HttpError
            from botocore.exceptions import BotoCoreError, ClientError

            self._system.retries = S3_RETRIES
            self._failures = (BotoCoreError, ClientError, HttpError)
        self._pid = os.getpid()

    @contextmanager
    def _use(self) -> Iterator[Any]:
        """The file system; what goes wrong with it is an OSError."""
        if self._pid != os.getpid():
            self._connect()  # connections and the thread that serves them are not inherited by a forked child
        try:
            yield self._system
        except FileNotFoundError as error:
            if _code(error) == "NoSuchBucket":  # not the file is missing, but every one
                raise OSError("the bucket does not exist") from error
            raise
        except OSError as error:
            raise OSError(safe(error.strerror or str(error)) or type(error).__name__) from error
        except self._failures as error:
            raise OSError(safe(str(error))) from error

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of each object; None for those that are not there."""
        if len(paths) < 2:
            return [self._size(path) for path in paths]
        with self._use():
            pass  # connected once, not by each thread
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self._size, paths))

    def _size(self, path: str) -> int | None:
        try:
            with self._use() as system:
                return int(system.size(f"{self._root}/{path}") or 0)
        except FileNotFoundError:
            return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write objects, many at once where the file system can."""
        if files:
            with self._use() as system:
                system.pipe({f"{self._root}/{path}": data for path, data in files.items()})

    def read(self, path: str) -> bytes:
        """The bytes of an object; raises FileNotFoundError."""
        with self._use() as system:
            return bytes(system.cat_file(f"{self._root}/{path}"))

    def open(self, path: str) -> BinaryIO:
        """The object, read in blocks; raises FileNotFoundError."""
        with self._use() as system:
            return cast("BinaryIO", io.BufferedReader(_Read(self, system.open(f"{self._root}/{path}", "rb"))))

    def remove(self, path: str) -> None:
        """Remove an object, if it is there."""
        if self._size(path) is not None:
            with self._use() as system:
                system.rm_file(f"{self._root}/{path}")

    def names(self, folder: str) -> list[str]:
        """Paths below a folder, relative to it; empty where it is not there."""
        with self._use() as system:
            top = f"{self._root}/{folder}"
            return sorted(str(path).removeprefix(top).lstrip("/") for path in system.find(top))

    def unavailable(self, error: OSError) -> StorageUnavailable:
        """What a person reads of a failure."""
        why = " ".join((error.strerror or str(error)).split())[:300]
        return StorageUnavailable("The file store cannot be used", where=self.name, why=why, next=self.advice)


class _Read(io.RawIOBase):
    """An object that is read in parts: one that cannot be reached any more is not taken for a damaged one."""

    def __init__(self, files: RemoteFiles, file: Any) -> None:
        self._files, self._file = files, file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = os.SEEK_SET, /) -> int:
        return int(self._file.seek(place, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        try:
            with self._files._use():
                part = self._file.read(len(buffer))
        except OSError as error:
            raise self._files.unavailable(error) from error
        buffer[: len(part)] = part
        return len(part)


def safe(text: str) -> str:
    """A message without user and password of the addresses in it, on one line.

    >>> safe("cannot reach http://ann:secret@host:9000/bucket")
    'cannot reach http://...@host:9000/bucket'
    """
    return " ".join(_USER.sub("//...@", text).split())


def _code(error: Exception) -> str:
    said = getattr(error.__cause__, "response", None) or {}
    return str(said.get("Error", {}).get("Code", ""))
