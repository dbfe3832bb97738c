"""ANY-01 to ANY-14: what any file can be; those that need several files or a folder are in test_together.py."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tests.badinputs.case import Case, imported, quarantined, warned
from tests.badinputs.csv import row, table
from tests.ingest.fit import encoder as fit
from tests.ingest.xml import files as xml


def any_01() -> Iterator[Case]:
    for name in ("run.fit", "run.gpx", "run.csv"):
        yield quarantined(name, b"", "E_EMPTY", says=(name, "0 bytes"), variant=name)


def any_02() -> Iterator[Case]:
    jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4
    yield quarantined("run.fit", jpeg, "E_TYPE", says=("JPEG", "its name says fit"))


def any_03() -> Iterator[Case]:
    yield warned("run.tcx", xml.ride(120), "W_EXT_MISMATCH", says=("tcx", "gpx"), variant="gpx-as-tcx")
    yield warned("run.csv", fit.ride(120), "W_EXT_MISMATCH", says=("fit",), variant="fit-as-csv")


def any_08() -> Iterator[Case]:
    names = ("..\\..\\etc\\cron.d\\x.csv", "C:\\x.csv", "x" * 250 + ".csv", "\U0001f3c3.csv", "a\u202evsc.csv",
             "a\nb.csv")  # fmt: skip
    for number, name in enumerate(names):
        yield imported(name, table(row(2)).encode(), 2, variant=str(number))


def any_13() -> Iterator[Case]:
    eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    yield quarantined("run.csv", eicar, "E_SCHEMA")


def any_14() -> Iterator[Case]:
    head = '<?xml version="1.0"?>\n'
    yield quarantined("run.pwx", f"{head}<pwx><workout/></pwx>".encode(), "E_TYPE", variant="pwx", says=("PWX",))
    yield quarantined("run.kml", f"{head}<kml><Placemark/></kml>".encode(), "E_TYPE", variant="kml", says=("KML",))
    yield quarantined("run.sml", f"{head}<sml><DeviceLog/></sml>".encode(), "E_TYPE", variant="sml", says=("SML",))
    hrm = b"[Params]\nVersion=106\nMonitor=1\nDate=20240301\nLength=00:30:00.0\n\n[HRData]\n120\n121\n"
    yield quarantined("run.hrm", hrm, "E_TYPE", variant="hrm", says=("Polar HRM", "supported:"))
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, head + "<workbook/>")
    yield quarantined("run.xlsx", book.getvalue(), "E_TYPE", variant="xlsx", says=("Office",))
