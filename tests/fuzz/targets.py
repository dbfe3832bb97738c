"""What is fuzzed: each reader by name, with what it begins with and what must hold of whatever it accepts."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from fitintel.core.errors import DataError
from fitintel.ingest import intake
from fitintel.ingest.arrival import arrivals_of
from fitintel.ingest.fit import read_fit
from fitintel.ingest.fit.checksum import crc16
from fitintel.ingest.format import Format
from fitintel.ingest.options import Options
from fitintel.ingest.packed import gunzipped
from fitintel.ingest.sandbox import Answer
from fitintel.ingest.source import RECORDERS, recorder
from fitintel.ingest.xml import XmlFile, read_gpx, read_tcx
from fitintel.workbench import parsing
from tests.fuzz import json_changes, oracle, seeds
from tests.ingest.xml.test_fast_is_robust import same

T = TypeVar("T")
TODAY = 20_000
"""a day number of 2024"""
WHOSE: dict[str, Any] = {"name": "t.csv", "athlete_id": "ann", "import_id": "i", "today": TODAY}
WORDS = 300


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under fuzzing."""

    attempt: Callable[[bytes], None]
    """reads some bytes; raises for whatever is not a refusal, and for what is accepted and wrong"""
    formats: tuple[Format, ...]
    """of its seeds"""
    mend: Callable[[bytes], bytes] | None = None
    """makes changed bytes whole again where a checksum would end the attempt before it begins"""
    change: Callable[[bytes, int], bytes] | None = None
    """(bytes, seed) -> changes of its own, beside those of bytes"""

    def seeds(self) -> list[bytes]:
        """Files to begin with."""
        return [data for kind in self.formats for data in seeds.every()[kind]]

    def words(self) -> list[str]:
        """Words of its files, the frequent ones: names of elements, columns and fields."""
        found = Counter(word for data in self.seeds() for word in set(re.findall(rb"[A-Za-z][\w:.-]{2,40}", data)))
        return [word.decode() for word, _ in found.most_common(WORDS)]


def answered(read: Callable[..., T], *given: Any, **options: Any) -> T | None:
    """What a reader gives, or None where it refuses; a refusal can be kept and printed."""
    refused = None
    try:
        return read(*given, **options)
    except DataError as error:
        refused = error
    assert refused.rule in oracle.RULES, refused.rule
    assert len(str(refused)) < 2000
    str(refused).encode()
    return None


def recorded(kind: str) -> Callable[[bytes], None]:
    """The whole way of a recorded file, as a child of an import goes it; strict and salvaging."""

    def attempt(data: bytes) -> None:
        strict = answered(recorder(kind).read, data, salvage=False)
        kept = answered(recorder(kind).read, data, salvage=True)
        if strict is not None:
            assert kept is not None, "what is accepted whole must be accepted when damage is, too"
            assert len(strict.recordings) <= len(kept.recordings)
        if kept is None:
            return
        oracle.parsed(kept, places=kind not in LEFT_TO_REPAIRS)
        job = parsing.job(data, name="file", athlete_id="ann", import_id="i", sha256="0" * 64,
                          options=Options(source=kind, salvage=True), today=TODAY, off={})  # fmt: skip
        reading = answered(parsing.answered, Answer(parsing.read(job)))
        if reading is not None:
            oracle.intake(reading.intake)
            assert reading.intake.read == len(kept.recordings) + len(kept.wellness)
            assert len(reading.recordings) == len(reading.intake.workouts)
        counted(kind, data)

    return attempt


def counted(kind: str, data: bytes) -> None:
    """Points and messages are as many as a plain count says, unless a remark says why not."""
    if kind == "fit":
        found = answered(read_fit, data)
        plain = fit_records(data)
        if found is not None and plain is not None and not {rule for rule, _ in found.remarks} & UNCOUNTED:
            assert found.records == plain, (found.records, plain)
    elif kind in XML:
        read, element = XML[kind]
        fast = answered(read, data, fast=True)
        same(fast, answered(read, data, fast=False))
        plain = oracle.xml_elements(data, element)
        if fast is not None and plain is not None and fast.kind == "activity" and not fast.remarks:
            assert fast.points == plain, (fast.points, plain)


XML: dict[str, tuple[Callable[..., XmlFile], str]] = {"gpx": (read_gpx, "trkpt"), "tcx": (read_tcx, "Trackpoint")}
LEFT_TO_REPAIRS = ("fit", "apple_health")
"""readers that keep positions that are not on earth; a repair takes them out, and is listed"""
UNCOUNTED = {"fit_crc_wrong", "fit_truncated", "fit_undefined_message", "fit_bytes_skipped", "fit_trailing_bytes",
             "fit_too_many_messages", "fit_length_missing"}  # fmt: skip
RECORD = 20


def fit_records(data: bytes) -> int | None:
    """Record messages of a FIT file, counted one after the other; None where it is not whole."""
    try:
        return _fit_records(data)
    except IndexError:
        return None


def _fit_records(data: bytes) -> int | None:
    count, at = 0, 0
    while at < len(data):
        head, size = data[at], int.from_bytes(data[at + 4 : at + 8], "little")
        at, end, known = at + head, at + head + size, {}
        while at < end:
            first = data[at]
            local = first >> 5 & 3 if first & 0x80 else first & 15
            if not first & 0x80 and first & 0x40:
                fields = data[at + 5]
                number = int.from_bytes(data[at + 3 : at + 5], "big" if data[at + 2] else "little")
                sizes = sum(data[at + 7 + 3 * place] for place in range(fields))
                at += 6 + 3 * fields
                if first & 0x20:
                    sizes += sum(data[at + 2 + 3 * place] for place in range(data[at]))
                    at += 1 + 3 * data[at]
                known[local] = number, sizes
            elif local in known:
                count += known[local][0] == RECORD
                at += 1 + known[local][1]
            else:
                return None
        if at != end:
            return None
        at += 2
    return count


def sealed(data: bytes) -> bytes:
    """A FIT file whose length and checksums fit its bytes."""
    if len(data) < 16 or data[0] not in (12, 14) or data[8:12] != b".FIT":
        return data
    body = data[data[0] : -2]
    head = data[:4] + len(body).to_bytes(4, "little") + data[8:12]
    if data[0] == 14:
        head += crc16(head).to_bytes(2, "little")
    return head + body + crc16(head + body).to_bytes(2, "little")


def table(data: bytes) -> None:
    """A table of workouts or wellness, as it comes and with what a person may say of it."""
    for options in (Options(), Options(date_order="dmy", units="metric", zone="Europe/Berlin")):
        taken = answered(intake.read, data, **WHOSE, options=options)
        if taken is not None:
            oracle.intake(taken)
            oracle.table_rows(data, taken)


def typed(data: bytes) -> None:
    """The kept bytes of what was typed, workouts and wellness."""
    for kind in ("manual", "typed_wellness"):
        taken = answered(intake.read, data, **WHOSE, options=Options(source=kind))
        if taken is not None:
            oracle.intake(taken)


def archive(data: bytes) -> None:
    """Every member of an archive arrives or is refused, and the archive after them."""
    found = list(arrivals_of("all.zip", data, lambda sha256: False))
    assert found[-1].size == len(data)
    for one in found:
        one.name.encode()
        assert one.refused is None or one.refused.rule in oracle.RULES
    if found[-1].archive is None or found[-1].archive.layout:
        return
    with zipfile.ZipFile(BytesIO(data)) as listed:
        files = sum(not entry.filename.endswith("/") for entry in listed.infolist())
    assert len(found) - 1 + len(found[-1].archive.skipped) >= files, (found[-1].archive.skipped, files)


def packed(data: bytes) -> None:
    """What is unpacked is what the standard library unpacks."""
    found = answered(gunzipped, data, "x.gz")
    if found is not None and data:
        try:
            plain = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return  # padding that we take and it does not
        assert found == plain


NOT_JSON = ("fit", "gpx", "tcx", "apple_health")
TARGETS: dict[str, Target] = {
    **{
        kind: Target(
            recorded(kind),
            (Format(kind),),
            sealed if kind == "fit" else None,
            None if kind in NOT_JSON else json_changes.changed,
        )
        for kind in RECORDERS
    },
    "table": Target(table, (Format.TABLE,)),
    "typed": Target(typed, (Format.TABLE,), change=json_changes.changed),
    "zip": Target(archive, (Format.ZIP,)),
    "gzip": Target(packed, (Format.GZIP,)),
}
"""name -> what is fuzzed; a new source of recorded files is among them by being in RECORDERS"""
