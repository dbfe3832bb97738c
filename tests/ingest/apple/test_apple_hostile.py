"""Damaged, hostile and huge Apple Health exports, and one through the import."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import days
from fitintel.core.errors import DataError, UnreadableFile
from fitintel.ingest.apple import read_health
from tests.ingest.apple.exported import DTD, INNER, WORKOUT, beats, export, found, gpx, read, record

# defects and hostile files


def test_a_dtd_without_entities_is_allowed_and_one_with_them_is_refused() -> None:
    assert not read().remarks
    for bad in ('<!ENTITY a "b">', '<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY % p "q">'):
        with pytest.raises(UnreadableFile) as caught:
            read_health(io.BytesIO(export(dtd=DTD.replace("]>", bad + "]>"))))
        assert caught.value.rule == "xml_unsafe"
        assert "line" in str(caught.value.where)


def test_known_defects_of_exports_are_mended_and_said() -> None:
    twice = DTD.replace("]>", "<!ATTLIST Record type CDATA #REQUIRED>\n]>")
    assert read_health(io.BytesIO(export(dtd=twice))).remarks == (
        ("export_repaired", "the DTD declares Record/type twice"),
    )
    broken = DTD.replace("]>", "<!ELEMENT Bro ken>\n]>")
    assert read_health(io.BytesIO(export(dtd=broken))).remarks[0][0] == "export_repaired"
    at = "2024-03-05 10:00:00 +0100"
    odd = read(record("RestingHeartRate", at, at, "52", "count/min", source="Wat\x0bch"))
    assert found(odd) == {("2024-03-05", "resting_hr"): 52.0}
    assert odd.remarks == (("export_repaired", "1 control characters removed"),)


def test_a_truncated_export_says_where_and_can_be_salvaged() -> None:
    at = "2024-03-05 10:00:00 +0100"
    data = export(record("RestingHeartRate", at, at, "52", "count/min"), record("BodyMass", at, at, "70", "kg"))
    cut = data[: data.index(b"BodyMass") + 4]
    with pytest.raises(UnreadableFile, match="ends early") as caught:
        read_health(io.BytesIO(cut))
    assert (caught.value.rule, caught.value.where) == ("xml_truncated", "line 10, column 0")
    kept = read_health(io.BytesIO(cut), salvage=True)
    assert found(kept) == {("2024-03-05", "resting_hr"): 52.0}
    assert kept.damage == ("xml_truncated",)


@pytest.mark.parametrize(
    "data",
    [b"<HealthData>" + b"<a>" * 100, b"<HealthData " + b"a" * 9_000_000, b"<!DOCTYPE HealthData [" + b"x" * 3_000_000,
     b"<HealthData>\xff\xfe</HealthData>", b"<HealthData", b"", b"<HealthData>&x;</HealthData>"],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_a_rule(data: bytes) -> None:
    with pytest.raises(DataError) as caught:
        read_health(io.BytesIO(data))
    assert caught.value.rule.startswith("xml_")


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_data_error(noise: bytes) -> None:
    good = export(WORKOUT + INNER, record("BodyMass", "2024-03-05 10:00:00 +0100", None, "70", "kg"))
    for data in (noise, good[:300] + noise + good[300:], b"<HealthData>" + noise):
        try:
            read_health(io.BytesIO(data), salvage=True)
        except DataError:
            continue


class Generated(io.RawIOBase):
    """An export of any size that is made while it is read."""

    def __init__(self, records: int) -> None:
        self._parts = self._make(records)
        self._rest = b""
        self.size = 0

    @staticmethod
    def _make(records: int) -> Iterator[bytes]:
        yield b"<HealthData>\n"
        block = 1000
        for begin in range(0, records, block):
            rows = (
                '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Anna&#8217;s Apple Watch" '
                'sourceVersion="9.1" device="&lt;&lt;HKDevice: 0x282a45810&gt;, name:Apple Watch&gt;" '
                f'unit="count/min" creationDate="2020-01-{1 + (n // 86400) % 28:02d} 10:00:00 +0100" '
                f'startDate="2020-01-{1 + (n // 8640) % 28:02d} {(n // 360) % 24:02d}:{(n // 6) % 60:02d}:'
                f"{n % 6 * 10:02d} "
                f'+0100" endDate="2020-01-01 10:00:00 +0100" value="{60 + n % 90}"/>\n'
                for n in range(begin, min(records, begin + block))
            )
            yield "".join(rows).encode()
        yield b"</HealthData>\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest and (part := next(self._parts, b"")):
            self._rest = part
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self.size += count
        return count


def test_memory_does_not_grow_with_the_file() -> None:
    small = Generated(2_000)
    read_health(io.BufferedReader(small))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    large = Generated(120_000)
    health = read_health(io.BufferedReader(large))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert large.size > 35_000_000
    assert grown < large.size / 4, "8 bytes a sample, not the file"
    assert len(health.values) == 14


# through the import


def test_an_export_zip_is_imported_once_with_its_route(desk: Any, said: Any, tmp_path: Path) -> None:
    path = desk.folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/Exportación.xml", export(*beats(), WORKOUT + INNER))
        archive.writestr("apple_health_export/workout-routes/a.gpx", gpx())
        archive.writestr("apple_health_export/export_cda.xml", b"<ClinicalDocument/>")
    from fitintel.workbench.importing import import_files

    reports = import_files(desk.store, desk.blobs, "ann", [path], today=days.number(days.date(2025, 1, 1)))
    assert [report.outcome.value for report in reports if report.refused] == []
    assert len(desk.workouts()) == 1
    (row,) = desk.workouts().rows()
    assert (row["sport"], row["source"], row["utc_offset"]) == ("running", "apple_health", 3600.0)
    assert row["hr_mean"] == pytest.approx(132.0, abs=1.0)
    assert {each.metric for each in desk.store.wellness("ann")} == {"hr_low"}
    again = import_files(desk.store, desk.blobs, "ann", [path], today=days.number(days.date(2025, 1, 1)))
    assert sum(report.record.imported + report.record.warned + report.values for report in again) == 0
    assert len(desk.workouts()) == 1
