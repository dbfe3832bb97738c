"""Files packed with gzip, unpacked within limits: nothing is unpacked first and counted afterwards."""

from __future__ import annotations

import zlib

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.text import MAX_FILE

RATIO = 100
"""unpacked bytes for one packed; recordings reach 30"""
SMALL = 1024 * 1024
"""bytes that may be unpacked at any ratio: a short file of equal lines is no bomb"""
STEP = 256 * 1024


def gunzipped(data: bytes, name: str, limit: int = MAX_FILE) -> bytes:
    """The content of a gzip file; several packed one after the other are one.

    Raises:
        UnreadableFile: it is cut, damaged, followed by something else, or unpacks to too much.

    >>> import gzip
    >>> gunzipped(gzip.compress(b"a") + gzip.compress(b"b"), "x.gz")
    b'ab'
    """
    out: list[bytes] = []
    total, at = 0, 0
    while at < len(data):
        engine = zlib.decompressobj(wbits=31)
        rest = data[at:]
        try:
            while not engine.eof and (rest or not out):
                out.append(engine.decompress(rest, STEP))
                total += len(out[-1])
                check_size(total, len(data), name, limit)
                rest = engine.unconsumed_tail
                if not rest and not out[-1]:
                    break
        except zlib.error as error:
            raise UnreadableFile("The gzip file is damaged", where=f"{name}, after byte {at} of {len(data)}",
                                 why=str(error), next="copy it again", rule=broken(error)) from error  # fmt: skip
        if not engine.eof:
            raise UnreadableFile("The gzip file ends early", where=f"{name}, byte {len(data)}",
                                 why=f"its end is missing after {total:,} unpacked bytes", next="copy it again",
                                 rule="archive_truncated")  # fmt: skip
        at = len(data) - len(engine.unused_data)
        if at < len(data) and not data.startswith(b"\x1f\x8b", at):
            if not data[at:].strip(b"\0"):
                break  # padding, as tape and some web servers write it
            raise UnreadableFile("Something follows the end of the gzip file", where=f"{name}, byte {at}",
                                 why=f"{len(data) - at} bytes that are not gzip", next="copy it again",
                                 rule="archive_broken")  # fmt: skip
    return b"".join(out)


def broken(error: Exception) -> str:
    """The rule of what an unpacker says: cut, changed, or neither.

    >>> broken(zlib.error("Error -3 while decompressing data: incorrect data check")), broken(EOFError())
    ('archive_checksum', 'archive_truncated')
    """
    said = str(error)
    if "CRC" in said or "incorrect data check" in said or "incorrect length check" in said:
        return "archive_checksum"
    return "archive_truncated" if isinstance(error, EOFError) else "archive_broken"


def check_size(unpacked: int, packed: int, name: str, limit: int) -> None:
    """Raise UnreadableFile where so much has been unpacked from so little, or over the limit."""
    if unpacked > limit:
        raise UnreadableFile("The packed file is too large", where=name,
                             why=f"it unpacks to more than the limit of {limit:,} bytes",
                             next="split it and import the parts", rule="archive_limit")  # fmt: skip
    if unpacked > SMALL and unpacked > RATIO * packed:
        raise UnreadableFile("The file is packed too tightly to be a recording", where=name,
                             why=f"{packed:,} bytes unpack to more than {RATIO} times as many",
                             next="unpack it yourself, and import that, if you trust it",
                             rule="archive_limit")  # fmt: skip
