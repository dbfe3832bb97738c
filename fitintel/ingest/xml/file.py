"""What an XML file holds, and how its text becomes a document: the fast way where its shape can be proved."""

from __future__ import annotations

from dataclasses import dataclass

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.core.recording import Recording
from fitintel.ingest.xml.canonical import canonical
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.index import index
from fitintel.ingest.xml.safe import Remark, prepared

MAX_REMARKS = 100
MAX_NOTE = 10_000
"""characters of a name or note that are kept"""


@dataclass(frozen=True, slots=True)
class XmlFile:
    """What a GPX or TCX file holds."""

    kind: str
    """activity, course, route, waypoints or empty"""
    recordings: tuple[Recording, ...]
    """workouts; empty for any kind but an activity, and for tracks without times"""
    remarks: tuple[Remark, ...]
    """(rule, detail) of what is odd in the file as a whole and in its recordings, each once"""
    points: int
    """track points that were read, placed or not"""
    tracks: int
    """tracks (GPX) or activities (TCX)"""
    maker: str
    """device or program that wrote the file"""


def document(
    data: bytes, what: str, roots: tuple[str, ...], *, salvage: bool, fast: bool
) -> tuple[Document, list[Remark]]:
    """The document in a file and what was odd about its form.

    Args:
        data: the whole file.
        what: 'GPX' or 'TCX', for messages.
        roots: names that its outermost element may have, the proper one first.
        salvage: keep what can be read of a damaged file.
        fast: try the fast way first; the answer is the same.

    Raises:
        UnreadableFile: see `safe.prepared` and `canonical.canonical`.
        UnknownFormat: it is XML of another kind.
    """
    text, remarks = prepared(data, what)
    found = index(text) if fast else None
    if found is None:
        text, mended = canonical(text, what, salvage=salvage)
        remarks += mended
        found = index(text, plain=True)
        if found is None:
            raise UnreadableFile(
                f"The structure of the {what} file is not understood",
                where=f"{len(data):,} bytes",
                next="export it again",
                rule="xml_limit",
            )
    if found.root not in roots:
        raise UnknownFormat(
            f"The outermost element is {found.root[:60]!r}",
            where="line 1",
            why=f"a {what} file has {roots[0]!r} there",
            next="export the file again",
        )
    if found.root != roots[0]:
        remarks.append(("xml_root_missing", f"the outermost element is {found.root!r}, not {roots[0]!r}"))
    return found, remarks


def shortened(text: str, where: str, remarks: list[Remark]) -> str:
    """A text of at most `MAX_NOTE` characters; a longer one is cut and said."""
    if len(text) <= MAX_NOTE:
        return text
    remarks.append(("xml_note_too_long", f"{where} has {len(text):,} characters; {MAX_NOTE:,} are kept"))
    return text[:MAX_NOTE]


def shortlist(remarks: list[Remark]) -> list[Remark]:
    """At most `MAX_REMARKS` of a file's remarks, and how many there are more."""
    if len(remarks) <= MAX_REMARKS:
        return remarks
    return [*remarks[:MAX_REMARKS], ("xml_more_remarks", f"{len(remarks) - MAX_REMARKS} more")]
