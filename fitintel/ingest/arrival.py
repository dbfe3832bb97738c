"""The bytes that came in: of regular files within the size limit, read once and hashed as read."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fitintel.core.errors import DataError, UnreadableFile, UsageError
from fitintel.ingest.apple.packed import export_in, parts, without
from fitintel.ingest.apple.split import HEAD, is_health, split
from fitintel.ingest.archive import NESTED, Contents, Member, contents, members
from fitintel.ingest.format import Format, format_of
from fitintel.ingest.intake import shown
from fitintel.ingest.text import MAX_FILE

READINGS = 2
"""times that a file is read before it is given up because it changes"""
ENOUGH = 16
"""bytes that tell an archive"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as it arrived. `name` is safe to print; `data` is empty if the file was refused for its size."""

    name: str
    sha256: str
    size: int
    data: bytes
    began: float
    refused: DataError | None = None
    archive: Contents | None = None
    """what it holds, if it is an archive; its members arrive before it"""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was named, or stands in a folder that was named."""

    name: str
    path: Path
    refused: DataError | None = None


def arrival(name: str, data: bytes) -> Arrival:
    """Bytes that are already here."""
    return Arrival(shown(name), hashlib.sha256(data).hexdigest(), len(data), data, time.perf_counter())


def regular(path: Path) -> Path:
    """The path, if it is a readable regular file; raises UsageError, which names the file without its folders."""
    if not path.exists():
        raise UsageError("There is no such file", where=path.name, next="check its name and folder")
    if not path.is_file():
        raise UsageError("This is a device or pipe, not a file", where=path.name, next="name a regular file")
    if not os.access(path, os.R_OK):
        raise UsageError("The file may not be read", where=path.name, next="change its permissions")
    return path


def found(paths: Iterable[Path]) -> list[Found]:
    """The files that were named, and those in the folders that were named, in the order of their names.

    In folders, links are not followed, names that begin with a dot are passed over, and what is no regular file that
    may be read is refused and does not stop the others.

    Raises:
        UsageError: what was named is not there, or is no file and no folder.
    """
    out: list[Found] = []
    for path in paths:
        if path.is_dir():
            out += _inside(path)
        else:
            out.append(Found(path.name, regular(path)))
    return out


def _inside(folder: Path) -> Iterator[Found]:
    top = folder.resolve()
    for place, folders, files in os.walk(top, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([name for name in files if not name.startswith(".")] + linked):
            path = Path(place) / name
            label = str(Path(top.name) / path.relative_to(top))
            yield Found(label, path, _not_regular(path, label))


def _not_regular(path: Path, label: str) -> DataError | None:
    kind = path.lstat().st_mode
    if stat.S_ISREG(kind) and os.access(path, os.R_OK):
        return None
    if stat.S_ISREG(kind):
        return UnreadableFile("This was passed over", where=shown(label), why="it may not be read",
                              next="change its permissions and import again", rule="file_not_readable")  # fmt: skip
    why = "it is a link" if stat.S_ISLNK(kind) else "it is no file"
    return UnreadableFile("This was passed over", where=shown(label), why=why,
                          next="name a regular file", rule="file_not_regular")  # fmt: skip


def from_file(path: Path, name: str | None = None) -> Arrival:
    """The bytes of a file; of one over the size limit only size and hash. One that changes meanwhile is refused."""
    name = name or path.name
    size = path.stat().st_size
    if size <= MAX_FILE:
        for _ in range(READINGS):
            before, data, after = _state(path), path.read_bytes(), _state(path)
            if before == after and len(data) == after[0]:
                return arrival(name, data)
        return _changing(shown(name), len(data))
    began = time.perf_counter()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    error = UnreadableFile("The file is too large", where=shown(name),
                           why=f"it has {size:,} bytes, the limit is {MAX_FILE:,}; it was not kept",
                           next="split it and import the parts", rule="file_too_large")  # fmt: skip
    return Arrival(shown(name), sha256, size, b"", began, error)


def _state(path: Path) -> tuple[int, int]:
    """Size and time of the last change [ns]."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns


def _changing(name: str, size: int) -> Arrival:
    error = UnreadableFile("The file was changed while it was read", where=name,
                           why=f"it was read {READINGS} times, at last {size:,} bytes, and was another one each time",
                           next="wait until nothing writes to it and import again", rule="file_changed")  # fmt: skip
    return Arrival(name, "", 0, b"", time.perf_counter(), error)


NO_ZIP = zipfile.ZipFile(io.BytesIO(), "w")
"""stands for the archive of what is split into members without being one"""
Known = Callable[[str], bool]
"""SHA-256 of an archive -> whether all its members have been taken in before"""


def arrivals(files: Iterable[Found], known: Known) -> Iterator[Arrival]:
    """Every file, and every member of every archive before the archive itself.

    The members of an archive that is `known` are not unpacked again.
    """
    for one in files:
        if one.refused is not None:
            yield Arrival(shown(one.name), "", 0, b"", time.perf_counter(), one.refused)
            continue
        with one.path.open("rb") as file:
            if format_of(file.read(ENOUGH)) is Format.ZIP:
                yield from _of_archive(file, one.name, known, NESTED)
                continue
            file.seek(0)
            if one.path.stat().st_size > MAX_FILE and is_health(file.read(HEAD)):
                yield from _of_large_export(file, one.name, known)
                continue
        yield from_file(one.path, one.name)


def arrivals_of(name: str, data: bytes, known: Known) -> Iterator[Arrival]:
    """The same for bytes that are already here."""
    if format_of(data) is Format.ZIP:
        yield from _of_archive(io.BytesIO(data), name, known, NESTED)
    else:
        yield arrival(name, data)


def _of_archive(file: io.BufferedReader | io.BytesIO, name: str, known: Known, deeper: int) -> Iterator[Arrival]:
    began = time.perf_counter()
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    data = file.read() if size <= MAX_FILE else b""
    if data:  # what is hashed, kept and unpacked are the same bytes, whatever becomes of the file
        file, size = io.BytesIO(data), len(data)
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    label = shown(name)
    try:
        held = contents(file, label)
    except DataError as error:
        yield Arrival(label, sha256, size, data, began, error)
        return
    export = export_in(held)
    rest = without(held, export) if export is not None else held
    if not known(sha256):
        for member in parts(held, export) if export is not None else ():
            yield _member(f"{name}!{member.name}", member)
        for member in members(rest):
            full = f"{name}!{member.name}"
            if member.refused is not None or format_of(member.data) is not Format.ZIP:
                yield _member(full, member)
            elif deeper:
                yield from _of_archive(io.BytesIO(member.data), full, known, deeper - 1)
            else:
                yield replace(arrival(full, member.data), refused=_too_deep(full))
    yield Arrival(label, sha256, size, data, began, archive=rest)


def _member(full: str, member: Member) -> Arrival:
    if member.refused is not None:
        return Arrival(shown(full), "", 0, b"", time.perf_counter(), member.refused)
    return arrival(full, member.data)


def _of_large_export(file: io.BufferedReader, name: str, known: Known) -> Iterator[Arrival]:
    """An export.xml over the size limit, in members; the file itself is not kept."""
    began = time.perf_counter()
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.tell()
    label = shown(name)
    if not known(sha256):
        file.seek(0)
        try:
            for part, data in split(file, lambda path: None):
                yield arrival(f"{name}, {part}", data)
        except DataError as error:
            yield Arrival(label, sha256, size, b"", began, error)
            return
    yield Arrival(label, sha256, size, b"", began, archive=Contents(NO_ZIP, label, (), (), (), "apple_health"))


def _too_deep(name: str) -> UnreadableFile:
    return UnreadableFile("An archive within an archive within an archive", where=shown(name),
                          why=f"{NESTED} level within an archive is read", next="unpack it yourself",
                          rule="archive_limit")  # fmt: skip
