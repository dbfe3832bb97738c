"""Marks of those who were erased, in a file of the keyring: added to, never changed, and outside every backup of facts.

A backup from before an erasure still holds the athlete. Their mark outlives it, so that whoever restores it can erase
them again. A mark is a keyed digest of the athlete's id: without the keyring nobody can tell whose it is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FILE = "erased"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the file."""

    mark: str
    id: str
    """of the erasure; the audit chain says it when the erasure is complete"""
    at: str
    """ISO 8601, UTC"""


def note(folder: Path, one: Erasure) -> None:
    """Add a line; it is on the disk when this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(number, "ab") as file:
        file.write(f"{one.mark} {one.id} {one.at}\n".encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def noted(folder: Path) -> list[Erasure]:
    """Every line, oldest first; a last line that was cut off is none."""
    try:
        text = (folder / FILE).read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    return [Erasure(*line.split(" ")) for line in text.splitlines() if line.count(" ") == 2]


def stamp(folder: Path) -> tuple[int, int]:
    """What changes with every line: who remembers something about athletes forgets it then."""
    try:
        found = (folder / FILE).stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
