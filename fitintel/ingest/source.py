"""Source: one file format or vendor export. Detection is by content; a file name is never believed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.ingest.guess import guess
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.table import DELIMITERS, Table, header_of
from fitintel.ingest.text import decode


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
    identity: Callable[[list[str]], list[str]]
    """cells of the identity column -> identity of each workout in this source, '' for none"""
    global_identity: bool
    """an identity names one workout for ever (a vendor's number), not only within a table"""
    units: Callable[[Profile], UnitSystem | None]
    """the units its person reads, if the file shows them"""


ORDER = ("mapmyrun_csv", "table_csv")
"""Sources by file, the most particular first."""


@cache
def sources() -> dict[str, Source]:
    """Every source that reads files, in the order in which they are asked."""
    return {name: import_module(f"{__package__}.sources.{name}").SOURCE for name in ORDER}


def get(name: str) -> Source:
    """The source of that name; raises UnknownName."""
    if name not in sources():
        raise UnknownName("source", name, sources())
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
