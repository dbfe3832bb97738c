"""ZIP archives of files: members are read one by one within limits, never unpacked by their names.

What an archive says about itself is not believed: bytes are counted while they are unpacked, entries that share bytes
are refused, and a member's name is only ever shown.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from fitintel.core.errors import DataError, UnreadableFile
from fitintel.ingest.packed import STEP, broken, check_size
from fitintel.ingest.text import MAX_FILE

MAX_MEMBERS = 20_000
MAX_UNPACKED = 2 * 1024**3
"""bytes of all members together"""
NESTED = 1
"""archives within an archive that are opened: vendors pack parts of an export"""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""what zipfile raises on a member that is cut, damaged, encrypted or packed in a way that it does not know"""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
JUNK_FOLDERS = ("__MACOSX",)
JUNK_FILES = (".DS_Store", "Thumbs.db", "desktop.ini")
NO_LIST = "File is not a zip file"
"""what zipfile says of a file without the list of members at its end"""
STRAVA = "activities.csv"
"""a Strava export has this at its top, and the workouts it lists in `activities/`"""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its bytes, or why it was refused. `name` is the one that the archive gives it, to be shown only."""

    name: str
    data: bytes = b""
    refused: DataError | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in an archive, before any member is unpacked."""

    archive: zipfile.ZipFile
    name: str
    read: tuple[zipfile.ZipInfo, ...]
    refused: tuple[Member, ...]
    skipped: tuple[str, ...]
    """names of members that hold no workouts: folders' leftovers, and what a known export keeps beside them"""
    layout: str
    """`strava`, or '' for any archive of files"""


def contents(file: BinaryIO, name: str) -> Contents:
    """Open an archive and decide what of it is read.

    Raises:
        UnreadableFile: it is no ZIP archive from its first byte on, or is broken, or has too many members.
    """
    try:
        if file.read(2) != b"PK":
            raise zipfile.BadZipFile("it does not begin like a ZIP archive")
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error) as error:
        if str(error) == NO_LIST:
            raise UnreadableFile("The archive ends early", where=f"{name}, byte {file.seek(0, 2)}",
                                 why="the list of its members, which stands at the end of a zip file, is missing",
                                 next="download it again", rule="archive_truncated") from error  # fmt: skip
        raise UnreadableFile("The archive is broken", where=name, why=" ".join(str(error).split())[:200],
                             next="download it again", rule="archive_broken") from error  # fmt: skip
    if len(entries) > MAX_MEMBERS:
        raise UnreadableFile("The archive has too many members", where=name,
                             why=f"it has {len(entries):,}, the limit is {MAX_MEMBERS:,}",
                             next="unpack it and import the folder", rule="archive_limit")  # fmt: skip
    files = [entry for entry in entries if not entry.filename.endswith("/")]  # is_dir() fails where there is no name
    if any(entry.filename == "[Content_Types].xml" for entry in files):
        raise UnreadableFile("This is an Office document, which cannot be read here", where=name,
                             why=f"its {len(files)} members are those of an Excel workbook or a text document",
                             next="save the sheet as CSV and import that", rule="file_binary")  # fmt: skip
    layout = "strava" if any(entry.filename == STRAVA for entry in files) else ""
    shared = _sharing(entries)
    read, refused, skipped = [], [], []
    for entry in files:
        if _junk(entry.filename) or (layout == "strava" and not _of_strava(entry.filename)):
            skipped.append(entry.filename)
        elif (why := _unsafe(entry)) or id(entry) in shared:
            refused.append(_refused(entry, name, "archive_unsafe", why or "its bytes are those of another member too"))
        elif entry.flag_bits & 0x1:
            refused.append(_refused(entry, name, "archive_encrypted", "it is encrypted"))
        elif entry.compress_type not in METHODS:
            why = f"it is packed by method {entry.compress_type}"
            refused.append(_refused(entry, name, "archive_encrypted", why))
        else:
            read.append(entry)
    # the table of a Strava export after its files: their samples lead, the table adds what it knows
    read.sort(key=lambda entry: layout == "strava" and entry.filename == STRAVA)
    return Contents(archive, name, tuple(read), tuple(refused), tuple(skipped), layout)


def members(found: Contents) -> Iterator[Member]:
    """Each member that is not skipped; one that is broken or over a limit is refused, and the rest goes on."""
    yield from found.refused
    total = 0
    for entry in found.read:
        if total > MAX_UNPACKED:
            why = f"the members before it have {total:,} bytes, the limit is {MAX_UNPACKED:,}"
            yield _refused(entry, found.name, "archive_limit", why)
            continue
        try:
            data = _unpacked(found.archive, entry, found.name)
        except DataError as error:
            yield Member(entry.filename, refused=error)
            continue
        total += len(data)
        yield Member(entry.filename, data)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    out: list[bytes] = []
    total = 0
    try:
        with archive.open(entry) as file:
            while part := file.read(STEP):
                total += len(part)
                check_size(total, entry.compress_size, f"{name}!{entry.filename}", MAX_FILE)
                out.append(part)
    except DataError:
        raise  # of a limit; a DataError is a ValueError too
    except BROKEN as error:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise _error(entry, name, broken(error), why) from error
    return b"".join(out)


def _sharing(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Entries whose bytes overlap those of another: how small archives unpack to huge ones."""
    order = sorted(entries, key=lambda entry: entry.header_offset)
    found: set[int] = set()
    end, last = -1, None
    for entry in order:
        if entry.header_offset < end and last is not None:
            found |= {id(entry), id(last)}
        reach = entry.header_offset + 30 + len(entry.orig_filename.encode("utf-8", "replace")) + entry.compress_size
        if reach > end:
            end, last = reach, entry
    return found


def _unsafe(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind and not stat.S_ISREG(kind):
        return "it is a link or device, not a file"
    if not entry.filename:
        return "it has no name"
    path = entry.filename.replace("\\", "/")
    if path.startswith("/") or path[1:2] == ":" or ".." in PurePosixPath(path).parts or "\0" in entry.orig_filename:
        return "its name leads out of the archive"
    return ""


def _junk(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in JUNK_FOLDERS for part in parts) or (
        bool(parts) and (parts[-1] in JUNK_FILES or parts[-1].startswith(("._", "~$", ".~lock")))
    )


def _of_strava(name: str) -> bool:
    return name == STRAVA or name.startswith("activities/")


def _refused(entry: zipfile.ZipInfo, name: str, rule: str, why: str) -> Member:
    return Member(entry.filename, refused=_error(entry, name, rule, why))


def _error(entry: zipfile.ZipInfo, name: str, rule: str, why: str) -> UnreadableFile:
    return UnreadableFile("The member of the archive was not read", where=f"{name}!{entry.filename}"[:200], why=why,
                          next="unpack it yourself, and import that, if you trust it", rule=rule)  # fmt: skip
