"""The XML of a health export as events, in pieces: nothing is built up, and nothing outside the file is opened.

Known defects of Apple's own exports are mended first, and said: a DTD that is not well-formed or declares an
attribute twice, and control characters in names of devices. The DTD itself is left out: it says nothing we need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat

from fitintel.core.errors import DataError, UnreadableFile
from fitintel.ingest.xml.safe import MAX_DEPTH, over_limit, unsafe

STEP = 1024 * 1024
MAX_BYTES = 4 * 1024**3
MAX_TOKEN = 4 * STEP
"""bytes of one tag"""
MAX_DTD = STEP
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_ATTLIST = re.compile(rb"<!ATTLIST\s+(\w+)\s+(\w+)")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+\w+\s*(?:\[(.*?)\]\s*)?>", re.DOTALL)

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class Events:
    """Feeds a file to expat; `remarks` says what was mended, `truncated` where the file ends early."""

    def __init__(self, start: Start, end: End) -> None:
        self.remarks: list[tuple[str, str]] = []
        self.truncated = ""
        self._removed = 0
        self._depth = 0
        self._start, self._end = start, end
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.EntityDeclHandler = self._entity
        self._parser.ExternalEntityRefHandler = self._entity

    def read(self, file: BinaryIO, *, salvage: bool = False) -> None:
        """Read a file to its end.

        Raises:
            UnreadableFile: it declares entities, is over a limit, is not well-formed, or ends early (unless `salvage`).
        """
        fed = 0
        try:
            for part in _without_dtd(file, self.remarks):
                clean = part.translate(None, _CONTROLS)
                self._removed += len(part) - len(clean)
                self._parser.Parse(clean, False)
                fed += len(clean)
                if fed > MAX_BYTES:
                    raise over_limit("The export has over 4 GiB")
                if fed - self._parser.CurrentByteIndex > MAX_TOKEN:
                    raise over_limit(f"A tag has over {MAX_TOKEN:,} bytes", self._parser.CurrentLineNumber)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            self._broken(error, salvage=salvage)
        except (LookupError, ValueError) as error:  # of the declared encoding; it stands before the first element
            if self._depth or isinstance(error, DataError):
                raise
            raise UnreadableFile(
                "The export declares an encoding that is not read", where="line 1", why=str(error),
                next="export it again", rule="xml_encoding",
            ) from error  # fmt: skip
        if self._removed:
            self.remarks.append(("export_repaired", f"{self._removed} control characters removed"))

    def _broken(self, error: expat.ExpatError, *, salvage: bool) -> None:
        said = expat.ErrorString(error.code) or "not well-formed"
        early = said in ("no element found", "unclosed token", "unclosed CDATA section")
        where = f"line {error.lineno}, column {error.offset}"
        if salvage and self._depth:
            self.truncated = f"{said}, {where}"
            return
        raise UnreadableFile(
            "The export ends early" if early else "The export is not well-formed XML", where=where, why=said,
            next="export it again, or keep what can be read: fitintel quarantine retry --salvage",
            rule="xml_truncated" if early else "xml_syntax",
        ) from error  # fmt: skip

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise over_limit(f"Elements are nested deeper than {MAX_DEPTH}", self._parser.CurrentLineNumber)
        self._start(name, attributes)

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._end(name)

    def _entity(self, *_: object) -> int:
        raise unsafe("The export declares an entity", self._parser.CurrentLineNumber)


def _without_dtd(file: BinaryIO, remarks: list[tuple[str, str]]) -> Iterator[bytes]:
    """The file in pieces; its DTD becomes empty lines, so that line numbers stay true."""
    head = file.read(STEP)
    at = head.find(b"<!DOCTYPE")
    if at >= 0:
        while b"]>" not in head and len(head) < 2 * MAX_DTD and (more := file.read(STEP)):
            head += more
        found = _DOCTYPE.match(head, at)
        if found is None or found.end() - at > MAX_DTD:
            raise over_limit("The DTD of the export has no end", head.count(b"\n", 0, at) + 1)
        declared = found[1] or b""
        if b"<!ENTITY" in declared:
            line = head.count(b"\n", 0, found.start(1) + declared.index(b"<!ENTITY")) + 1
            raise unsafe("The export declares an entity", line)
        if defect := _defect(found[0]):
            remarks.append(("export_repaired", defect))
        head = head[:at] + b"\n" * found[0].count(b"\n") + head[found.end() :]
    yield head
    while part := file.read(STEP):
        yield part


def _defect(doctype: bytes) -> str:
    """What is wrong with a DTD, '' if nothing."""
    seen = _ATTLIST.findall(doctype)
    twice = next((pair for pair in seen if seen.count(pair) > 1), None)
    if twice is not None:
        return f"the DTD declares {twice[0].decode()}/{twice[1].decode()} twice"
    try:
        expat.ParserCreate().Parse(doctype.translate(None, _CONTROLS) + b"<HealthData/>", True)
    except expat.ExpatError as error:
        return f"the DTD is not well-formed, line {error.lineno} of it"
    return ""
