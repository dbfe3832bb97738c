"""Source: one file format or vendor export. Detection is by content; a file name is never believed.

Tables are told apart by their header (`Source`), recorded files by their first bytes (`RecordingSource`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

from fitintel.core.errors import UnknownName
from fitintel.core.recording import Recording
from fitintel.core.units import UnitSystem
from fitintel.core.wellness import Measured
from fitintel.ingest.guess import guess
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.table import DELIMITERS, Table, header_of
from fitintel.ingest.text import Decoded, decode
from fitintel.ingest.wellness import source as wellness


@dataclass(frozen=True, slots=True)
class Source:
    """How one kind of file is recognised and read."""

    name: str
    version: str
    says: str
    recognises: Callable[[Sequence[str]], bool]
    """from the header alone"""
    wanted: Callable[[Sequence[str]], Collection[str]]
    """header -> the columns that it may read"""
    profile: Callable[[Table, str, Options], Profile]
    """(table, file name, options) -> how its columns are read"""
    identity: Callable[[Sequence[str]], list[str]]
    """cells of the identity column -> identity of each workout in this source, '' for none"""
    global_identity: bool
    """an identity names one workout for ever (a vendor's number), not only within a table"""
    units: Callable[[Profile], UnitSystem | None]
    """the units its person reads, if the file shows them"""
    names: Callable[[Sequence[str]], Sequence[str]] = list
    """header -> names that are told apart, where the format repeats some"""
    table: Callable[[Decoded, str], Table] | None = None
    """(text, file name) -> its table, where the format is more than a header and rows"""
    remarks: Callable[[Table], Sequence[tuple[str, str, str]]] = lambda table: ()
    """(rule, value, detail) of what is to be said of a file as a whole"""


class Reader(Protocol):
    """How a recorded file is read; raises DataError."""

    def __call__(self, data: bytes, *, salvage: bool) -> Parsed:
        """The recordings in the bytes; `salvage` keeps what can be read of a damaged file."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a recorded file holds."""

    kind: str
    recordings: tuple[Recording, ...]
    remarks: tuple[tuple[str, str], ...]
    """(rule, detail) of the file as a whole and of its recordings"""
    damage: tuple[str, ...] = ()
    """rules of those remarks that tell of damage"""
    wellness: tuple[Measured, ...] = ()
    """values of days beside the recordings"""


@dataclass(frozen=True, slots=True)
class RecordingSource:
    """A format of recorded files."""

    name: str
    version: str
    says: str
    read: Reader


RECORDERS = ("fit", "gpx", "tcx", "strava", "intervals", "apple_health", "json")
"""Sources of recorded files, named like their format."""
ORDER = (
    "mapmyrun_csv", "strava_csv", "garmin_csv", "runkeeper_csv", "concept2_csv", "polar_csv", "speedcoach_csv",
    "rowpro_csv", "boatcoach_csv", "nk_logbook_csv", "strokes_csv", "table_csv",
)  # fmt: skip
"""Sources by file, the most particular first."""


@cache
def sources() -> dict[str, Source]:
    """Every source that reads files, in the order in which they are asked."""
    return {name: import_module(f"{__package__}.sources.{name}").SOURCE for name in ORDER}


@cache
def recorder(name: str) -> RecordingSource:
    """The source of recorded files of that name; raises UnknownName."""
    if name not in RECORDERS:
        raise UnknownName("source of recorded files", name, RECORDERS)
    found: RecordingSource = import_module(f"{__package__}.sources.{name}").SOURCE
    return found


def version_of(name: str) -> str | None:
    """Version of the source of that name; None where there is none."""
    if name in (*wellness.ORDER, wellness.LAST):
        return wellness.get(name).version
    found = recorder(name) if name in RECORDERS else sources().get(name)
    return found.version if found is not None else None


@cache
def readers() -> str:
    """All sources with their versions, in short: what none of them could read is not read again by the same."""
    known = [(name, version_of(name)) for name in (*ORDER, *RECORDERS, *wellness.ORDER, wellness.LAST)]
    return hashlib.sha256(repr(sorted(known)).encode()).hexdigest()[:12]


def get(name: str) -> Source:
    """The table source of that name; raises UnknownName."""
    if name not in sources():
        raise UnknownName("source", name, [*sources(), *RECORDERS])
    return sources()[name]


def of_header(header: Sequence[str]) -> Source | None:
    """The first source that recognises a header."""
    return next((source for source in sources().values() if source.recognises(header)), None)


def detect(data: bytes, name: str) -> Source:
    """The source that reads a file, by its content.

    Raises:
        UnknownFormat: no source knows its header; the nearest known columns are named.
        UnreadableFile: the file is empty or not text.

    >>> detect(b"date,sport,distance (km)\\n2024-02-29,Run,5\\n", "x.csv").name
    'table_csv'
    """
    decoded = decode(data, name)
    for delimiter in (None, *DELIMITERS):
        header, mark, _ = header_of(decoded.lines, delimiter)
        found = of_header(header)
        if found is not None:
            return found
        if delimiter is None:
            first = (header, mark)
    header, mark = first
    guess(Table(header, tuple([] for _ in header), (), (), mark, decoded), name=name)  # raises: no column fits
    return get("table_csv")
