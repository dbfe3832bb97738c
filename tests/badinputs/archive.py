"""ZIP-01 to ZIP-16: archives of good tracks with one member that is not."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.badinputs.case import Case, imported, quarantined
from tests.ingest.fit import encoder as fit
from tests.ingest.xml import files as xml

GOOD = xml.ride(120)
OTHER = fit.ride(100, start=fit.START + 500_000)
CENTRAL = b"PK\x01\x02"


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def patched(data: bytes, place: int, form: str, value: int, entry: int = 1) -> bytes:
    """The archive with another figure in an entry of its central directory."""
    at = -1
    for _ in range(entry + 1):
        at = data.index(CENTRAL, at + 1)
    figure = struct.pack(form, value)
    return data[: at + place] + figure + data[at + place + len(figure) :]


def two(name: str = "bad.fit") -> bytes:
    """A good track and a good ride."""
    return packed(("good.gpx", GOOD), (name, OTHER))


def zeros(number: int) -> Callable[[], bytes]:
    def made() -> bytes:
        engine = zlib.compressobj(wbits=31)
        block = bytes(1024 * 1024)
        return b"".join([*(engine.compress(block) for _ in range(number)), engine.flush()])

    return made


def zip_01() -> Iterator[Case]:
    data = packed(("good.gpx", GOOD), ("zeros.csv", bytes(8 * 1024 * 1024)))
    yield quarantined("all.zip", data, "E_LIMIT", 1, members=2, says=("100",))


def zip_02() -> Iterator[Case]:
    inner = packed(("ride.fit", OTHER))
    yield imported("all.zip", packed(("good.gpx", GOOD), ("in.zip", inner)), 2, members=3, variant="one-level")
    for _ in range(3):
        inner = packed(("in.zip", inner))
    yield quarantined("all.zip", packed(("good.gpx", GOOD), ("in.zip", inner)), "E_LIMIT", 1, members=3,
                      variant="deep")  # fmt: skip


def zip_03() -> Iterator[Case]:
    yield quarantined("all.zip", patched(two(), 42, "<I", 0), "E_UNSAFE", 0, members=2)


def zip_04() -> Iterator[Case]:
    yield quarantined("all.zip", patched(two(), 24, "<I", 10), "E_CHECKSUM", 1, members=2, variant="size")
    yield quarantined("all.zip", patched(two(), 16, "<I", 10), "E_CHECKSUM", 1, members=2, variant="crc")


def zip_05() -> Iterator[Case]:
    for name in ("../../evil.fit", "/abs.fit", "C:\\x.fit", "ok/..\\w.fit"):
        yield quarantined("all.zip", two(name), "E_UNSAFE", 1, members=2, variant=name.replace("/", "|"))


def zip_06() -> Iterator[Case]:
    link = zipfile.ZipInfo("link.fit")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = packed(("good.gpx", GOOD), (link, b"/etc/passwd"))
    yield quarantined("all.zip", data, "E_UNSAFE", 1, members=2)


def zip_07() -> Iterator[Case]:
    def made() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for number in range(20_001):
                archive.writestr(f"{number}.csv", b"")
        return out.getvalue()

    yield quarantined("all.zip", made, "E_LIMIT", says=("20,001", "20,000"))


def zip_08() -> Iterator[Case]:
    yield quarantined("all.zip", patched(two(), 8, "<H", 1), "E_TYPE", 1, members=2, variant="encrypted")
    for method in (9, 99):
        yield quarantined("all.zip", patched(two(), 10, "<H", method), "E_TYPE", 1, members=2,
                          variant=f"method-{method}", says=(str(method),))  # fmt: skip


def zip_09() -> Iterator[Case]:
    for name, pair in {
        "same": ("a.gpx", "a.gpx"),
        "case": ("a.gpx", "A.gpx"),
        "form": ("\u00e9.gpx", "e\u0301.gpx"),
    }.items():
        data = packed((pair[0], GOOD), (pair[1], xml.ride(60).replace(b"2024-02-29", b"2024-02-28")))
        yield imported("all.zip", data, 2, members=2, variant=name)


def zip_10() -> Iterator[Case]:
    yield quarantined("all.zip", two()[: len(two()) // 2], "E_TRUNCATED", says=("zip", "missing"))


def zip_11() -> Iterator[Case]:
    for name, stub in {"pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "program": b"MZ\x90\0"}.items():
        yield quarantined("all.zip", stub + two(), "E_TYPE", variant=name)


def zip_12() -> Iterator[Case]:
    junk = [("__MACOSX/._good.gpx", b"x"), (".DS_Store", b"x"), ("Thumbs.db", b"x"), (".~lock.a.csv#", b"x")]
    yield imported("all.zip", packed(("good.gpx", GOOD), *junk), 1, members=1, says=("4",))


def zip_13() -> Iterator[Case]:
    good = gzip.compress(OTHER)
    yield imported("ride.fit.gz", good, variant="good")
    parts = gzip.compress(OTHER[:900]) + gzip.compress(OTHER[900:])
    yield imported("ride.fit.gz", parts, variant="concatenated")
    yield quarantined("ride.fit.gz", good[: len(good) // 2], "E_TRUNCATED", variant="truncated")
    yield quarantined("ride.fit.gz", good + b"garbage", "E_SYNTAX", variant="trailing")
    yield quarantined("ride.fit.gz", zeros(100), "E_LIMIT", variant="bomb")


def zip_15() -> Iterator[Case]:
    name = "läufe.gpx".encode("cp437")
    data = packed(("l#ufe.gpx", GOOD)).replace(b"l#ufe.gpx", name)
    yield imported("all.zip", data, 1, members=1, variant="cp437")
    data = packed(("######.gpx", GOOD)).replace(b"######.gpx", "走る記".encode("shift-jis") + b".gpx")
    yield imported("all.zip", data, 1, members=1, variant="shift-jis")


def zip_16() -> Iterator[Case]:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name in ("/abs.gpx", "good.gpx"):
            info = tarfile.TarInfo(name)
            info.size = len(GOOD)
            archive.addfile(info, io.BytesIO(GOOD))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.LNKTYPE, "../../etc/passwd"
        archive.addfile(link)
    yield quarantined("all.tar.gz", out.getvalue(), "E_TYPE", variant="tar.gz", says=("a tar archive",))
