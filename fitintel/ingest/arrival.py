"""The bytes that came in: of regular files within the size limit, read once and hashed as read."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import DataError, UnreadableFile, UsageError
from fitintel.ingest.intake import shown
from fitintel.ingest.text import MAX_FILE


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as it arrived. `name` is safe to print; `data` is empty if the file was refused for its size."""

    name: str
    sha256: str
    size: int
    data: bytes
    began: float
    refused: DataError | None = None


def arrival(name: str, data: bytes) -> Arrival:
    """Bytes that are already here."""
    return Arrival(shown(name), hashlib.sha256(data).hexdigest(), len(data), data, time.perf_counter())


def regular(path: Path) -> Path:
    """The path, if it is a readable regular file; raises UsageError, which names the file without its folders."""
    if not path.exists():
        raise UsageError("There is no such file", where=path.name, next="check its name and folder")
    if path.is_dir():
        raise UsageError("This is a folder, not a file", where=path.name, next="name the files in it")
    if not path.is_file():
        raise UsageError("This is a device or pipe, not a file", where=path.name, next="name a regular file")
    if not os.access(path, os.R_OK):
        raise UsageError("The file may not be read", where=path.name, next="change its permissions")
    return path


def from_file(path: Path) -> Arrival:
    """The bytes of a file; of one over the size limit only size and hash."""
    size = path.stat().st_size
    if size <= MAX_FILE:
        return arrival(path.name, path.read_bytes())
    began = time.perf_counter()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    error = UnreadableFile("The file is too large", where=shown(path.name),
                           why=f"it has {size:,} bytes, the limit is {MAX_FILE:,}; it was not kept",
                           next="split it and import the parts", rule="file_too_large")  # fmt: skip
    return Arrival(shown(path.name), sha256, size, b"", began, error)
