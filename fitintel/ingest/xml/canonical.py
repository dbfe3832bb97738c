"""Any well-formed XML as plain XML: no comments, instructions, declarations, CDATA or prefixes. Expat reads it.

Documents that are damaged are mended here: what cannot be read is cut out, and said. Entities, external document types
and XInclude are refused, never resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

import numpy as np

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.xml.safe import (
    LONGEST_NAME,
    MAX_ATTRIBUTES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_NAMES,
    MAX_TAG,
    Remark,
    over_limit,
    unsafe,
)

MAX_CUTS = 20
"""Places that are cut out of a damaged file before the rest is given up."""
MAX_REREAD = 128 * 2**20
"""Bytes that are read again while mending."""
MAX_STRETCH = 2**20
"""bytes without a tag"""
_FLUSH = 20_000
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_POINT = re.compile(rb"<(?:\w+:)?(trkpt|Trackpoint)\b")
_BOUNDARY = re.compile(rb"</?(?:\w+:)?(?:trkseg|trk|gpx|Track|Lap|Activity)\b")
_QUOTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_TEXT = {"\r": "&#13;"}


@dataclass(frozen=True, slots=True)
class _Broken:
    """Where expat stopped."""

    why: str
    line: int
    column: int
    byte: int

    @property
    def where(self) -> str:
        return f"line {self.line}, column {self.column}, byte {self.byte}"


class _Writer:
    """Callbacks of one parse that write the canonical text."""

    def __init__(self) -> None:
        self.done = bytearray()
        self.out: list[str] = []
        self.open: list[str] = []
        self.elements = 0
        self.undeclared: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._scopes: list[tuple[int, frozenset[str]]] = [(-1, frozenset(("xml", "xmlns")))]
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if system is not None or public is not None:
            raise unsafe("The file refers to an external document type", self.parser.CurrentLineNumber)

    def _entity(self, *declared: object) -> None:
        raise unsafe("The file declares entities; entity declarations are not allowed", self.parser.CurrentLineNumber)

    def _start(self, raw: str, attributes: list[str]) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise over_limit(f"Elements are nested deeper than {MAX_DEPTH}", self.parser.CurrentLineNumber)
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise over_limit(f"The file holds more than {MAX_ELEMENTS:,} elements", self.parser.CurrentLineNumber)
        written = self._attributes(attributes) if attributes else ""
        name = self._names.get(raw) or self._name(raw)
        if ":" in raw and raw.partition(":")[0] not in self._scopes[-1][1]:
            raise UnreadableFile(
                f"The prefix of the element {raw[:60]!r} is not declared",
                where=f"line {self.parser.CurrentLineNumber}",
                next="export the file again, or declare the prefix",
                rule="xml_syntax",
            )
        self.open.append(name)
        self.out.append(f"<{name}{written}>")
        if len(self.out) > _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Pack what was written; strings take far more room than the text in them."""
        self.done += "".join(self.out).encode()
        self.out.clear()
        if len(self.done) > 2 * MAX_BYTES:
            raise over_limit(f"The text takes more than {2 * MAX_BYTES:,} bytes when written plainly")

    def _attributes(self, attributes: list[str]) -> str:
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise over_limit(f"An element has more than {MAX_ATTRIBUTES} attributes", self.parser.CurrentLineNumber)
        if sum(map(len, attributes)) > MAX_TAG:
            raise over_limit(f"A tag is longer than {MAX_TAG:,} letters", self.parser.CurrentLineNumber)
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        if any("XInclude" in value for _, value in pairs):
            raise unsafe("The file asks for another one to be included (XInclude)", self.parser.CurrentLineNumber)
        declared = frozenset(key[6:] for key, _ in pairs if key.startswith("xmlns:"))
        if declared:
            self._scopes.append((len(self.open), self._scopes[-1][1] | declared))
        out: dict[str, str] = {}
        for key, value in pairs:
            prefix, colon, local = key.rpartition(":")
            if key == "xmlns" or prefix == "xmlns":
                continue
            if colon and prefix not in self._scopes[-1][1]:
                self.undeclared.setdefault(prefix, self.parser.CurrentLineNumber)
            if _PLAIN.fullmatch(local) and (not colon or local not in out):
                out[local] = f' {local}="{escape(value, _QUOTES)}"'
        return "".join(out.values())

    def _name(self, raw: str) -> str:
        local = raw.rpartition(":")[2]
        if not _PLAIN.fullmatch(local) or len(local) > LONGEST_NAME:
            local = f"_{len(self._names)}"
        if len(self._names) >= MAX_NAMES:
            raise over_limit(f"The file has more than {MAX_NAMES} kinds of elements", self.parser.CurrentLineNumber)
        return self._names.setdefault(raw, local)

    def _end(self, raw: str) -> None:
        self.out.append(f"</{self.open.pop()}>")
        if self._scopes[-1][0] == len(self.open):
            self._scopes.pop()

    def _text(self, text: str) -> None:
        self.out.append(escape(text, _TEXT))


def canonical(text: bytes, what: str, *, salvage: bool = True) -> tuple[bytes, list[Remark]]:
    """The same document without anything but elements, attributes and text, and what had to be mended.

    Args:
        text: UTF-8, as `safe.prepared` gives it.
        what: 'GPX' or 'TCX', for messages.
        salvage: keep what can be read of a damaged document; otherwise damage is an error.

    Raises:
        UnreadableFile: unsafe, over a limit, or nothing could be read.

    >>> canonical(b"<a xmlns:n='u'><!-- x --><n:b c='1'>2 &amp; 3</n:b><d/></a>", "GPX")
    (b'<a><b c="1">2 &amp; 3</b><d></d></a>', [])
    """
    _refuse_long_tags(text)
    first: _Broken | None = None
    cuts = reread = 0
    while True:
        writer = _Writer()
        broken = _parsed(writer, text)
        if broken is None:
            break
        reread += len(text)
        span = _around(text, broken.byte) if cuts < MAX_CUTS and reread < MAX_REREAD else None
        if not salvage or (span is None and not writer.elements):
            raise _refused(broken, what, cut=broken.byte >= len(text))
        first = first or broken
        if span is None:
            break
        text = text[: span[0]] + text[span[1] :]
        cuts += 1
    remarks: list[Remark] = []
    if first is not None:
        ended = broken is not None and broken.byte >= len(text) and bool(writer.open)
        if ended:
            remarks.append(("xml_truncated", f"the end is missing, from {broken.where if broken else ''} on"))
        if cuts or not ended:
            lost = f"{cuts} damaged places were cut out" if cuts else "what follows was not read"
            if cuts and broken is not None and not ended:
                lost += f", and what follows {broken.where} was not read"
            remarks.append(("xml_damaged", f"{first.why} at {first.where}: {lost}"))
    for prefix, line in writer.undeclared.items():
        remarks.append(("xml_prefix_undeclared", f"{prefix[:60]!r} of an attribute in line {line}"))
    if broken is not None:
        while writer.open:
            writer.out.append(f"</{writer.open.pop()}>")
    writer.flush()
    return bytes(writer.done), remarks


def _parsed(writer: _Writer, text: bytes) -> _Broken | None:
    """Let expat read the text; where it stopped, if it did."""
    parser = writer.parser
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, "damage")
        byte = parser.ErrorByteIndex
        at_end = error.code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
                                expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
                                expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR])  # fmt: skip
        return _Broken(why, error.lineno, error.offset, len(text) if at_end else byte)
    return None


def _around(text: bytes, byte: int) -> tuple[int, int] | None:
    """The track point or the declaration that a damaged byte stands in; None where it stands in neither."""
    declared = text.find(b"?>", 0, 1024)
    if text.startswith(b"<?xml") and byte < declared:
        return 0, declared + 2
    starts = list(_POINT.finditer(text, max(byte - 2 * MAX_TAG, 0), byte + 1))
    if not starts or byte >= len(text):
        return None
    opened = starts[-1]
    closing = re.compile(rb"</(?:\w+:)?" + opened[1] + rb"\s*>|(?=<(?:\w+:)?" + opened[1] + rb"\b)")
    ended = closing.search(text, opened.end())
    if ended is None or ended.end() - opened.start() > 2 * MAX_TAG:
        return None
    if ended.end() > byte:
        return opened.start(), ended.end()
    # the point is whole and the damage follows it: the next one, whose first tag is not legible
    after = re.compile(rb"</(?:\w+:)?" + opened[1] + rb"\s*>").search(text, byte, byte + 2 * MAX_TAG)
    if after is None or _BOUNDARY.search(text, ended.end(), after.end()):
        return None
    return ended.end(), after.end()


def _refuse_long_tags(text: bytes) -> None:
    """Expat holds a whole tag in memory several times over, so the shape is looked at before it is let loose."""
    if text.count(b"<") > 2 * MAX_ELEMENTS:
        raise over_limit(f"The file holds more than {MAX_ELEMENTS:,} elements")
    marks = np.flatnonzero(np.frombuffer(text, np.uint8) == 60).astype(np.int32)
    sizes = np.diff(marks, append=np.int32(len(text)))
    for place in np.flatnonzero(sizes > MAX_TAG).tolist():
        at, size = int(marks[place]), int(sizes[place])
        if size > MAX_STRETCH or text.find(b">", at, at + MAX_TAG) < 0:
            line = text.count(b"\n", 0, at) + 1
            raise over_limit(f"A tag is longer than {MAX_TAG:,} bytes, or a text than {MAX_STRETCH:,}", line)


def _refused(broken: _Broken, what: str, *, cut: bool) -> UnreadableFile:
    return UnreadableFile(
        f"The {what} file ends before it is complete" if cut else f"The {what} file is not well-formed XML",
        where=broken.where,
        why=broken.why,
        next="export it again and import the new file",
        rule="xml_truncated" if cut else "xml_syntax",
    )
