"""An export.zip of Apple Health: its export.xml is streamed and split, its routes go with their workouts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from fitintel.core.errors import DataError, UnreadableFile
from fitintel.ingest.apple.split import HEAD, is_health, split
from fitintel.ingest.apple.stream import MAX_BYTES
from fitintel.ingest.archive import BROKEN, Contents, Member
from fitintel.ingest.packed import broken, check_size
from fitintel.ingest.text import MAX_FILE

BESIDE = ("electrocardiograms", "export_cda.xml")
"""what an export holds beside workouts and values that is not read"""


def export_in(held: Contents) -> zipfile.ZipInfo | None:
    """The member that is the export, by its content; its name is in the phone's language."""
    for entry in held.read:
        path = PurePosixPath(entry.filename)
        if path.suffix.lower() != ".xml" or len(path.parts) > 2 or path.name.lower() in BESIDE:
            continue
        try:
            with held.archive.open(entry) as file:
                if is_health(file.read(HEAD)):
                    return entry
        except BROKEN:
            continue  # refused by its own name when the members are read
    return None


def parts(held: Contents, export: zipfile.ZipInfo) -> Iterator[Member]:
    """The members that the export is split into; one that cannot be read as a whole is refused."""
    top = PurePosixPath(export.filename).parent
    by_path = {"/" + str(PurePosixPath(entry.filename).relative_to(top)): entry
               for entry in held.read if PurePosixPath(entry.filename).is_relative_to(top)}  # fmt: skip
    where = f"{held.name}!{export.filename}"

    def route(path: str) -> bytes | None:
        entry = by_path.get(path if path.startswith("/") else "/" + path)
        if entry is None or entry.file_size > MAX_FILE:
            return None
        try:
            return held.archive.read(entry)
        except BROKEN:
            return None

    try:
        with held.archive.open(export) as file:
            counted = io.BufferedReader(_Counted(file, export.compress_size, where))
            for name, data in split(counted, route):
                yield Member(f"{export.filename}, {name}", data)
    except DataError as error:
        yield Member(export.filename, refused=error)
    except BROKEN as error:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        yield Member(export.filename, refused=UnreadableFile(
            "The export in the archive is broken", where=where, why=why, next="export it again and import that",
            rule=broken(error)))  # fmt: skip


def without(held: Contents, export: zipfile.ZipInfo) -> Contents:
    """The rest of the archive: what is neither the export nor a route of it nor known not to be read."""
    rest, skipped = [], list(held.skipped)
    for entry in held.read:
        names = PurePosixPath(entry.filename).parts
        if entry is export:
            continue
        if set(names) & set(BESIDE) or "workout-routes" in names:
            skipped.append(entry.filename)
        else:
            rest.append(entry)
    return replace(held, read=tuple(rest), skipped=tuple(skipped), layout="apple_health")


class _Counted(io.RawIOBase):
    """A packed member that is counted while it is unpacked."""

    def __init__(self, file: IO[bytes], packed: int, where: str) -> None:
        self._file, self._packed, self._where, self._total = file, packed, where, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        part = self._file.read(len(view))
        self._total += len(part)
        check_size(self._total, self._packed, self._where, MAX_BYTES)
        view[: len(part)] = part
        return len(part)
