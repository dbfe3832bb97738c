"""Bytes of an XML file made safe to read: size, encoding, stray characters; what must be refused is refused here.

Nothing outside the file is ever opened, and no entity is ever declared: `canonical` stops at the first attempt.
"""

from __future__ import annotations

import codecs
import re

import numpy as np

from fitintel.core.errors import UnknownFormat, UnreadableFile

Remark = tuple[str, str]
"""(rule name, detail)"""

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 64
MAX_ATTRIBUTES = 64
"""on one element"""
MAX_TAG = 65_536
"""bytes of one tag with its attributes"""
LONGEST_NAME = 32
"""bytes; a longer element name is none that we know"""
MAX_NAMES = 400
"""kinds of elements"""
MAX_ELEMENTS = 6_000_000
"""A million track points of six elements each."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'<>]{0,100})["']""")
_ENCODINGS = re.compile(r"utf-8|ascii|utf-16(-le|-be)?|utf-32|iso8859-\d{1,2}|cp125\d|cp1361|gb2312|gbk|gb18030|big5|"
                        r"shift_jis|cp932|euc_jp|euc_kr|koi8-r|koi8-u|mac-roman")  # fmt: skip
"""Codecs that turn bytes into text and nothing else; UTF-7 hides markup from whoever looks at the bytes."""
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_CONTROL_REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def prepared(data: bytes, what: str) -> tuple[bytes, list[Remark]]:
    """UTF-8 text without byte order mark, leading space and control characters, and what was odd about it.

    Args:
        data: the whole file.
        what: 'GPX' or 'TCX', for messages.

    Raises:
        UnreadableFile: empty, over 64 MiB, not text in the encoding it declares, or an encoding that is refused.
        UnknownFormat: an HTML page.

    >>> prepared(b"\\n <gpx/>\\x00", "GPX")
    (b'<gpx/>', [('xml_leading_space', '2 bytes before the first tag'),
                 ('xml_control_characters', '1 removed, the first at line 2, byte 8')])
    """
    if not data:
        raise UnreadableFile(f"The {what} file is empty", where="0 bytes", rule="file_empty", next="export it again")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"The {what} file has {len(data):,} bytes",
            why=f"at most {MAX_BYTES:,} are read",
            next="split it and import the parts",
            rule="file_too_large",
        )
    text = _as_utf8(data, what)
    remarks: list[Remark] = []
    bare = text.lstrip(b" \t\r\n")
    if len(bare) < len(text):
        remarks.append(("xml_leading_space", f"{len(text) - len(bare)} bytes before the first tag"))
    clean, removed = _without_controls(bare)
    if removed:
        lines = text.count(b"\n", 0, len(text) - len(bare) + removed[0]) + 1
        place = f"line {lines}, byte {len(text) - len(bare) + removed[0]}"
        remarks.append(("xml_control_characters", f"{removed[1]} removed, the first at {place}"))
    if _HTML.match(clean[:4096]):
        raise UnknownFormat(
            "This looks like an HTML page", where="line 1", next="download the file again: did it need a login?"
        )
    if not clean.startswith(b"<"):
        shown = clean[:20].decode("utf-8", "replace")
        raise UnreadableFile(
            f"The {what} file is not XML",
            where="line 1, byte 0",
            why=f"it starts with {shown!r}",
            next="export it again",
            rule="xml_syntax",
        )
    return clean, remarks


def unsafe(what: str, line: int | None = None) -> UnreadableFile:
    """The error for a file that tries to declare or fetch something."""
    return UnreadableFile(
        what,
        where=None if line is None else f"line {line}",
        why="such a file can make its reader use up all memory or open other files",
        next="export it again with the vendor's own software",
        rule="xml_unsafe",
    )


def over_limit(what: str, line: int | None = None) -> UnreadableFile:
    """The error for a file that is beyond a limit of size or shape."""
    return UnreadableFile(
        what,
        where=None if line is None else f"line {line}",
        next="export it again; no device writes such a file",
        rule="xml_limit",
    )


def _as_utf8(data: bytes, what: str) -> bytes:
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                       (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if data.startswith(mark):
            if name == "utf-8":
                return _decoded(data[len(mark) :], "utf-8", "its byte order mark", what, len(mark))
            return _decoded(data, name, "its byte order mark", what)
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(start):
            return _decoded(data, name, "its first bytes", what)
    found = _DECLARED.search(data[:1024])
    if found is None:
        return _decoded(data, "utf-8", "the default of XML", what)
    declared = found[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):  # no such encoding; no name that one could have
        name = ""
    if not _ENCODINGS.fullmatch(name):
        raise UnreadableFile(
            f"The {what} file declares the encoding {declared!r}, which is not read",
            where="line 1",
            next="save it as UTF-8 and import it again",
            rule="xml_encoding",
        )
    # a file that declares UTF-16 in letters of one byte is not UTF-16
    return _decoded(data, "utf-8" if name.startswith(("utf-16", "utf-32")) else name, f"declared as {declared!r}", what)


def _decoded(data: bytes, name: str, because: str, what: str, offset: int = 0) -> bytes:
    if name in ("utf-8", "ascii") and data.isascii():
        return data
    try:
        return data if name == "utf-8" and data.decode("utf-8") else data.decode(name).encode()
    except UnicodeDecodeError as error:
        if name == "utf-8" and error.reason == "unexpected end of data" and len(data) - error.start < 4:
            return data[: error.start]  # cut inside a letter: the end of the file is missing anyway
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"The {what} file is not {name} text",
            where=f"line {line}, byte {error.start + offset} (0x{data[error.start]:02x})",
            why=f"the encoding is {because}",
            next="save it as UTF-8, or correct the declaration, and import it again",
            rule="xml_encoding",
        ) from None


def _without_controls(text: bytes) -> tuple[bytes, tuple[int, int] | None]:
    """Text without the characters that XML forbids; place of the first and how many were removed."""
    letters = np.frombuffer(text, np.uint8)
    # four cheap looks at all bytes instead of one at each
    odd = int(letters.min(initial=255)) < 9 or b"\x0b" in text or b"\x0c" in text
    odd = odd or bool((letters - np.uint8(14) < 18).any())
    forbidden = [] if text.isascii() else [mark for mark in _NONCHARACTERS if mark in text]
    references = list(_CONTROL_REFERENCE.finditer(text)) if b"&#" in text else []
    if not odd and not references and not forbidden:
        return text, None
    first = [found.start() for found in references[:1]] + [text.find(mark) for mark in forbidden]
    controls = np.flatnonzero((letters < 32) & (letters != 9) & (letters != 10) & (letters != 13))
    first += controls[:1].tolist()
    removed = len(controls) + len(references) + sum(text.count(mark) for mark in forbidden)
    clean = _CONTROL_REFERENCE.sub(b"", text).translate(None, _CONTROLS)
    for mark in forbidden:
        clean = clean.replace(mark, b"")
    return clean, (min(first), removed)
