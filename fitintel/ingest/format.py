"""What a file is, by its content; its name is never believed, but a name that says otherwise is told."""

from __future__ import annotations

import re
from enum import StrEnum

from fitintel.ingest.connectors.envelope import service_of

ROOTS = {
    "HealthData": "apple_health",
    "gpx": "gpx",
    "TrainingCenterDatabase": "tcx",
    "Activities": "tcx",
    "Activity": "tcx",
}
"""outermost element -> format"""
EXTENSIONS = {"fit": "fit", "gpx": "gpx", "tcx": "tcx", "csv": "table", "zip": "zip", "json": "json"}
"""extension -> format that it promises; others promise nothing"""
HEAD = 8192
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\[\]{\"0-9-])")
"""an object, or a list of what no header of a table begins with"""
_NO_ELEMENT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>)", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\s+(?:[\w.-]+:)?([A-Za-z][\w.-]*)", re.IGNORECASE)
"""one that is longer than the head: it names the outermost element, too"""
_ELEMENT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


class Format(StrEnum):
    """Formats that are told apart before anything is read. `TABLE` is whatever is none of the others."""

    FIT = "fit"
    GPX = "gpx"
    TCX = "tcx"
    STRAVA = "strava"
    INTERVALS = "intervals"
    JSON = "json"
    APPLE_HEALTH = "apple_health"
    GZIP = "gzip"
    ZIP = "zip"
    TABLE = "table"


FETCHED = {Format.STRAVA.value, Format.INTERVALS.value}
"""answers of services, as the connectors keep them"""
RECORDED = (Format.FIT, Format.GPX, Format.TCX, Format.STRAVA, Format.INTERVALS, Format.APPLE_HEALTH, Format.JSON)


def format_of(data: bytes) -> Format:
    """The format of a file, by its first bytes or its outermost XML element.

    >>> format_of(b"\\x0e\\x10\\x00\\x00\\x00\\x00\\x00\\x00.FIT"), format_of(b'<?xml version="1.0"?>\\n<gpx>')
    (<Format.FIT: 'fit'>, <Format.GPX: 'gpx'>)
    >>> format_of(b"date,distance")
    <Format.TABLE: 'table'>
    """
    if data[8:12] == b".FIT":
        return Format.FIT
    if data.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.ZIP
    service = service_of(data)
    if service in FETCHED:
        return Format(service)
    if _JSON.match(data[:HEAD]):
        return Format.JSON
    return Format(ROOTS.get(root_of(data), "table"))


def root_of(data: bytes) -> str:
    """Name of the outermost element without its prefix; '' where the file does not begin like XML."""
    head = data[:HEAD]
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    while found := _NO_ELEMENT.match(text):
        text = text[found.end() :]
    element = _ELEMENT.match(text) or _DOCTYPE.match(text)
    return element[1] if element else ""


def contradiction(name: str, found: Format) -> str:
    """What to say where the extension of a name promises another format than was found; '' where it does not.

    >>> contradiction("ride.tcx", Format.GPX), contradiction("ride.gpx.gz", Format.GPX)
    ('the name says tcx, the content is gpx', '')
    """
    said = promised(name)
    return f"the name says {said}, the content is {found.value}" if said and said != found else ""


def promised(name: str) -> str:
    """The format that the extension of a name promises; '' for none.

    >>> promised("ride.FIT.gz"), promised("notes.txt")
    ('fit', '')
    """
    parts = name.lower().rsplit("/", 1)[-1].split(".")
    if len(parts) > 2 and parts[-1] == "gz":
        parts.pop()
    return EXTENSIONS.get(parts[-1], "") if len(parts) > 1 else ""
