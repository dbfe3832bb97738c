"""Bytes to text: what a file really is, and in which encoding it was written."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.ingest.format import promised
from fitintel.ingest.lines import Lines, holds

MAX_FILE = 64 * 1024 * 1024
"""bytes of one uploaded file."""

SUPPORTED = (
    "CSV tables of workouts or wellness; FIT, GPX and TCX; Apple Health exports; JSON of Strava and Nike Run Club; "
    "ZIP and gzip archives of them"
)

_LOGIN = "see in a browser whether the download needed a login, and download it again"

ODD_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
"""What ends a line beside CR and LF, outside quotes."""

MAGIC: tuple[tuple[bytes, int, str], ...] = (
    (b".FIT", 8, "a FIT file"), (b"PK\x03\x04", 0, "a ZIP archive or Excel workbook"), (b"\x1f\x8b", 0, "a gzip file"),
    (b"%PDF", 0, "a PDF document"), (b"\x89PNG", 0, "a PNG image"), (b"\xff\xd8\xff", 0, "a JPEG image"),
    (b"GIF8", 0, "a GIF image"), (b"SQLite format 3\x00", 0, "an SQLite database"), (b"BZh", 0, "a bzip2 file"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive"), (b"\xd0\xcf\x11\xe0", 0, "an old Excel workbook"),
    (b"ustar", 257, "a tar archive"), (b"\x7fELF", 0, "a program"), (b"MZ\x90", 0, "a program"),
)  # fmt: skip
"""first bytes, their offset, what they mean."""

MARKUP: tuple[tuple[str, str], ...] = (
    ("<gpx", "a GPX track"), ("<trainingcenterdatabase", "a TCX file"), ("<kml", "a KML file"), ("<pwx", "a PWX file"),
    ("<sml", "an SML file"), ("<!doctype html", "a web page"), ("<html", "a web page"), ("<?xml", "an XML file"),
)  # fmt: skip

_PLAUSIBLE = re.compile(
    # cp1252 letters beside other letters, or the punctuation that office programs write
    r"(?<=[A-Za-z])[à-öø-ÿß]|[à-öø-ÿ](?=[A-Za-zß-ÿ])|(?<![A-Za-z])[àéèáíóúñ](?![A-Za-z(])|[À-ÖØ-Þ](?=[a-zß-ÿA-ZÀ-Þ])"
    r"|(?<=[A-Z])[À-ÖØ-Þ]|[‘’“”„–—…€°²³·«»®©ªº¼½¾¿¡™µ§´\xa0]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The lines of a file, each with its end. If `damaged`, invalid bytes stand in them as lone surrogates."""

    lines: Sequence[str]
    encoding: str
    guessed: str = ""
    """why the encoding was taken, when the file does not say it"""
    damaged: bool = False
    """some rows hold invalid bytes or NUL; the reader looks at each cell"""


def looks_like(data: bytes) -> str | None:
    """What binary or marked-up bytes are, by their content; None for what may be a table.

    >>> looks_like(b"%PDF-1.7 ..."), looks_like(b"date,distance")
    ('a PDF document', None)
    """
    for magic, offset, name in MAGIC:
        if data[offset : offset + len(magic)] == magic:
            return name
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"[params]"):
        return "a Polar HRM file"
    if start.startswith(b"<"):
        text = start.decode("latin-1")
        return next((name for mark, name in MARKUP if mark in text), None)
    return "a JSON file" if start.startswith((b"{", b"[{")) else None


def decode(data: bytes, name: str) -> Decoded:
    """The lines of a file of any common encoding.

    A byte-order mark is believed; then UTF-8; then Windows-1252 if its letters make sense in words, and said so.
    Otherwise the file is UTF-8 with damaged rows.

    Raises:
        UnreadableFile: the file is empty or binary, saying what it looks like.
        UnknownFormat: it is text of another kind (GPX, JSON, ...).
    """
    blank = b"\xef\xbb\xbf\xff\xfe \t\r\n"
    if not data[:1024].strip(blank) and not data.strip(blank):
        raise UnreadableFile("The file is empty", where=name, why=f"it has {len(data)} bytes and no text",
                             next="export it again and import the new file", rule="file_empty")  # fmt: skip
    kind = looks_like(data)
    if kind is not None:
        text_like = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[")
        error = UnknownFormat if text_like else UnreadableFile
        claimed = promised(name)
        named = f", though its name says {claimed}" if claimed else ""
        raise error(f"This is {kind}, which cannot be read here", where=name,
                    why=f"its first bytes are {data[:8]!r}{named}",
                    next=_LOGIN if kind == "a web page" else f"supported: {SUPPORTED}",
                    rule="file_unknown" if text_like else "file_binary")  # fmt: skip
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16", name, "")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if b"\x00" in data:
        return _with_nul(data, name)
    try:
        return Decoded(_utf8_lines(data), "utf-8")
    except UnicodeDecodeError:
        return _guess(data)


def _utf16(data: bytes, encoding: str, name: str, guessed: str) -> Decoded:
    try:
        return Decoded(lines_of(data.decode(encoding).removeprefix("\ufeff")), encoding, guessed)
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is not valid UTF-16", where=f"{name}, byte {error.start}", why=error.reason,
                             next="save it as UTF-8 and import it again") from error  # fmt: skip


def _with_nul(data: bytes, name: str) -> Decoded:
    for encoding, zeros, letters in (("utf-16-le", data[1::2], data[0::2]), ("utf-16-be", data[0::2], data[1::2])):
        if zeros.count(0) > 0.7 * len(zeros) and letters.count(0) < 0.01 * len(letters) + 1:
            return _utf16(data[: len(data) // 2 * 2], encoding, name, f"every other byte is zero: {encoding}")
    first_line = data.split(b"\n", 1)[0]
    if b"\x00" in first_line or data.count(0) > 0.01 * len(data) + 10:
        raise UnreadableFile("The file is binary, not a table", where=name,
                             why=f"{data.count(0)} of its {len(data)} bytes are NUL, the first at {data.index(0)}",
                             next="export it as CSV and import that", rule="file_binary")  # fmt: skip
    return Decoded(lines_of(data.decode("utf-8", "surrogateescape")), "utf-8", damaged=True)


def _utf8_lines(data: bytes) -> Sequence[str]:
    return lines_of(data.decode("utf-8")) if any(holds(data, mark.encode()) for mark in ODD_LINE_ENDS) else Lines(data)


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them; a quoted cell keeps its inner line ends.

    >>> lines_of("a\\r\\nb\\rc")
    ['a\\n', 'b\\n', 'c']
    """
    if any(mark in text for mark in ODD_LINE_ENDS):
        parts = text.split('"')
        parts[::2] = [re.sub(f"[{ODD_LINE_ENDS}]", "\n", part) for part in parts[::2]]  # even ones are not quoted
        text = '"'.join(parts)
    return io.StringIO(text, newline=None).readlines()


def _guess(data: bytes) -> Decoded:
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    first = next((place for place, character in enumerate(text) if "\udc80" <= character <= "\udcff"), 0)
    first = len(text[:first].encode("utf-8", "surrogateescape"))
    genuine = sum(character > "\x7f" for character in text) - broken
    legacy = data.decode("cp1252", "replace")
    sensible = len(_PLAUSIBLE.findall(legacy))
    foreign = sum(character > "\x7f" for character in legacy)
    # one valid multi-byte sequence shows UTF-8; then what does not fit is damage, not another encoding
    if genuine == 0 and "\ufffd" not in legacy and sensible == foreign:
        why = f"byte {first} is not UTF-8, and all {foreign} special letters make words as Windows-1252"
        return Decoded(lines_of(legacy), "cp1252", why)
    return Decoded(lines_of(text), "utf-8", damaged=True)
