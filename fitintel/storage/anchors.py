"""Anchors of the audit chain: one line each, in a file outside the database that is only ever added to."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from fitintel.core.audit import Anchor
from fitintel.core.errors import StorageError, StorageUnavailable

FILE = "anchors.jsonl"
TAIL = 4096
"""bytes at the end of the file in which the last line is looked for"""


def write(folder: Path, made: Anchor) -> Path:
    """Add an anchor and wait until it is on the disk; where it was written."""
    path = folder / FILE
    line = json.dumps(asdict(made), separators=(",", ":")).encode() + b"\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # one write at the end of the file: lines of several processes do not mix
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(number, line)
            os.fsync(number)
        finally:
            os.close(number)
    except OSError as error:
        raise _unavailable(path, error) from error
    return path


def read(folder: Path) -> tuple[Anchor, ...]:
    """Every anchor, oldest first; a last line that a crash cut short is passed over. Raises StorageError for others."""
    path = folder / FILE
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unavailable(path, error) from error
    found = []
    for number, line in enumerate(lines[:-1], 1):
        try:
            found.append(Anchor(**json.loads(line)))
        except (ValueError, TypeError):
            raise StorageError(
                "A line of the anchor file is no anchor", where=f"{path}, line {number}",
                why="it was changed, or the disk was full when it was written",
                next="compare it with a copy of the file; then mend or remove that line",
            ) from None  # fmt: skip
    return tuple(found)


def last(folder: Path) -> Anchor | None:
    """The newest anchor, read from the end of the file; None where there is none, or where it cannot be read."""
    try:
        with (folder / FILE).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
            lines = file.read().split(b"\n")[:-1]
            return Anchor(**json.loads(lines[-1])) if lines else None
    except (OSError, ValueError, TypeError):
        return None  # the next anchor is then written at once; what is wrong is said when the chain is verified


def _unavailable(path: Path, error: OSError) -> StorageUnavailable:
    return StorageUnavailable(
        "The anchors of the audit chain cannot be used", where=str(path), why=error.strerror or str(error),
        next="check the folder, or name another with FITINTEL_AUDIT_ANCHORS",
    )  # fmt: skip
