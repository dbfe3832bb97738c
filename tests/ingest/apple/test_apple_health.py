"""Apple Health: records to values of days, workouts with routes and heart rate, defects and hostile files."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import days
from fitintel.core.errors import DataError, UnreadableFile
from fitintel.ingest.apple import Health, read_health
from fitintel.ingest.apple.daily import steps
from fitintel.ingest.apple.gathered import Intervals
from fitintel.ingest.apple.split import split
from fitintel.ingest.figures import figures
from fitintel.ingest.sources.apple_health import SOURCE
from tests.conftest import _shared_data

FIXTURE = _shared_data() / "healthkit-fixture"
DTD = """<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Record EMPTY>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED>
]>
"""


def record(kind: str, start: str, end: str | None, value: str, unit: str = "count", source: str = "Watch") -> str:
    until = "" if end is None else f' endDate="{end}"'
    prefix = "" if kind.startswith("HK") else "HKQuantityTypeIdentifier"
    head = f'<Record type="{prefix}{kind}" sourceName="{source}" unit="{unit}"'
    return f'{head} startDate="{start}"{until} value="{value}"/>'


def export(*elements: str, dtd: str = DTD) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}{dtd}<HealthData locale="en_US">\n{chr(10).join(elements)}\n</HealthData>\n'.encode()


def read(*elements: str, **options: Any) -> Health:
    return read_health(io.BytesIO(export(*elements)), **options)


def found(health: Health) -> dict[tuple[str, str], float]:
    return {(days.iso(each.day), each.metric): each.value for each in health.values}


# records


def test_readings_keep_their_kind_their_unit_and_their_local_day() -> None:
    health = read(
        record("HeartRateVariabilitySDNN", "2024-03-31 00:30:00 +0100", "2024-03-31 00:31:00 +0100", "61.5", "ms"),
        record("RestingHeartRate", "2024-03-31 06:00:00 +0200", "2024-03-31 06:00:00 +0200", "52", "count/min"),
        record("BodyMass", "2024-03-31 06:10:00 +0200", "2024-03-31 06:10:00 +0200", "155", "lb"),
        record("BodyMass", "2024-04-01 06:10:00 +0200", "2024-04-01 06:10:00 +0200", "70,5", "kg"),
    )
    assert found(health) == {
        ("2024-03-31", "hrv_sdnn"): 61.5, ("2024-03-31", "resting_hr"): 52.0,
        ("2024-03-31", "weight"): pytest.approx(70.30681735), ("2024-04-01", "weight"): 70.5,
    }  # fmt: skip
    sdnn = next(each for each in health.values if each.metric == "hrv_sdnn")
    assert (sdnn.at, sdnn.utc_offset) == (1711841400.0, 3600.0)
    assert not any(each.metric == "hrv_rmssd" for each in health.values), "SDNN is never called RMSSD"


def test_steps_of_watch_and_phone_in_the_same_minutes_count_once_and_the_phone_fills_the_rest() -> None:
    def walk(start: str, end: str, count: int, source: str) -> str:
        return record(
            "StepCount", f"2024-03-05 {start}:00 +0100", f"2024-03-05 {end}:00 +0100", str(count), source=source
        )

    health = read(
        walk("10:00", "10:10", 1000, "Anna’s iPhone"), walk("10:00", "10:10", 1100, "Anna’s Apple Watch"),
        walk("12:00", "12:10", 900, "Anna’s iPhone"),
        walk("14:00", "14:10", 400, "Anna’s Apple Watch"), walk("14:05", "14:15", 600, "Anna’s iPhone"),
    )  # fmt: skip
    assert found(health) == {("2024-03-05", "steps"): 1100 + 900 + 400 + 300}


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 300), st.integers(0, 500), st.booleans()), max_size=30))
def test_steps_are_never_more_than_all_sources_say_and_never_fewer_than_the_best(
    rows: list[tuple[int, int, int, bool]],
) -> None:
    by_source = {"Watch": Intervals(), "iPhone": Intervals()}
    for start, length, count, watch in set(rows):
        by_source["Watch" if watch else "iPhone"].add(start, start + length, 0.0, count)
    total = sum(each.value for each in steps(by_source))
    best = sum(count for *_, count, watch in set(rows) if watch)
    assert best - 1 <= total <= sum(count for *_, count, _ in set(rows)) + 1


def test_the_main_sleep_belongs_to_the_day_of_waking_and_is_not_doubled_by_a_second_source() -> None:
    def asleep(start: str, end: str, stage: str = "Core", source: str = "Watch") -> str:
        return record("HKCategoryTypeIdentifierSleepAnalysis", f"{start}:00 +0100", f"{end}:00 +0100",
                      f"HKCategoryValueSleepAnalysis{stage}", source=source)  # fmt: skip

    health = read(
        asleep("2024-03-04 22:50", "2024-03-05 07:10", "InBed"),
        asleep("2024-03-04 23:10", "2024-03-05 02:00", "AsleepCore"),
        asleep("2024-03-05 02:00", "2024-03-05 03:00", "AsleepDeep"),
        asleep("2024-03-05 03:00", "2024-03-05 03:20", "Awake"),
        asleep("2024-03-05 03:20", "2024-03-05 06:50", "AsleepREM"),
        asleep("2024-03-04 23:00", "2024-03-05 07:00", "AsleepUnspecified", source="Phone app"),
        asleep("2024-03-05 14:00", "2024-03-05 14:40", "AsleepCore"),
    )  # fmt: skip
    assert found(health) == {
        ("2024-03-05", "sleep_start"): -3000.0, ("2024-03-05", "sleep_end"): 24600.0,
        ("2024-03-05", "sleep_duration"): (170 + 60 + 210) * 60.0,
    }  # fmt: skip


def test_records_that_cannot_be_used_are_counted_and_said() -> None:
    at = "2024-03-05 10:00:00 +0100"
    health = read(
        record("RestingHeartRate", at, None, "52", "count/min"),
        record("RestingHeartRate", "soon", at, "52", "count/min"),
        record("RestingHeartRate", at, at, "fast", "count/min"), record("BodyMass", at, at, "700", "kg"),
        record("BodyMass", at, at, "70", "stone"), record("DietaryWater", at, at, "250", "mL"),
    )  # fmt: skip
    assert found(health) == {("2024-03-05", "resting_hr"): 52.0}
    assert dict(health.remarks) == {
        "end_missing": "1 records", "date_unreadable": "1 records", "optional_cell_unreadable": "2 records",
        "wellness_impossible": "1 values: weight 700", "kind_not_read": "1 records of 1 kinds: DietaryWater 1",
    }  # fmt: skip


# workouts

WORKOUT = ('<Workout workoutActivityType="HKWorkoutActivityTypeTrailRunning" duration="30" durationUnit="min" '
           'sourceName="Watch" startDate="2024-03-05 10:00:00 -0700" endDate="2024-03-05 10:31:00 -0700">')  # fmt: skip
INNER = ('<MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>'
         '<WorkoutEvent type="HKWorkoutEventTypePause" date="2024-03-05 10:10:00 -0700"/>'
         '<WorkoutEvent type="HKWorkoutEventTypeResume" date="2024-03-05 10:11:00 -0700"/>'
         '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="6.1" unit="km"/>'
         '<WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="400" unit="Cal"/>'
         '<WorkoutRoute><FileReference path="/workout-routes/a.gpx"/></WorkoutRoute></Workout>')  # fmt: skip
START = 1709658000.0


def gpx(start: float = START) -> bytes:
    points = "".join(
        f'<trkpt lat="{52 + second * 3e-5:.6f}" lon="13"><ele>40</ele><time>{np.datetime64(int(start + second), "s")}Z'
        f"</time></trkpt>" for second in range(0, 1800, 5)
    )  # fmt: skip
    return f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'.encode()


def beats(count: int = 180) -> list[str]:
    times = (
        (second, f"2024-03-05 10:{second // 60:02d}:{second % 60:02d} -0700") for second in range(2, count * 10, 10)
    )
    return [record("HeartRate", at, None, str(120 + second % 30), "count/min") for second, at in times]


def test_a_workout_has_its_route_its_heart_rate_its_pauses_and_its_own_zone() -> None:
    health = read(*beats(), WORKOUT + INNER, routes={"/workout-routes/a.gpx": gpx()}.get)
    (one,) = health.recordings
    assert (one.sport, one.source_sport, one.start, one.utc_offset) == ("running", "trail running", START, 3600.0)
    assert one.device == {"duration": 1800.0, "elapsed": 1860.0, "distance": 6100.0, "energy": 400 * 4184.0}
    assert one.pauses == ((START + 600, START + 660),)
    assert np.all(np.diff(one.time) > 0)
    assert one.stream["hr"][np.searchsorted(one.time, START + np.array([2.0, 12.0, 22.0]))].tolist() == [122, 132, 142]


def moving_gpx() -> bytes:
    """A point every 4 s at 3 m/s northwards, with its speed as Apple writes it."""
    points = "".join(
        f'<trkpt lat="{52 + second * 2.7e-5:.6f}" lon="13"><ele>40</ele>'
        f"<time>{np.datetime64(int(START + second), 's')}Z</time>"
        f"<extensions><speed>3.0</speed></extensions></trkpt>" for second in range(0, 1800, 4)
    )  # fmt: skip
    return f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'.encode()


def test_figures_of_route_and_heart_rate_are_those_of_each_alone() -> None:
    # read at times of their own, hardly a sample has a neighbour of its channel
    routes = {"/workout-routes/a.gpx": moving_gpx()}.get
    (both,) = read(*beats(), WORKOUT + INNER, routes=routes).recordings
    (heart,) = read(*beats(), WORKOUT + INNER).recordings
    (route,) = read(WORKOUT + INNER, routes=routes).recordings
    made, of_heart, of_route = (
        figures(one.time, one.stream, one.pauses, one.start, one.sport) for one in (both, heart, route)
    )
    assert made["moving"] == pytest.approx(of_route["moving"], abs=4.0)
    assert made["moving"] == pytest.approx(1796 - 60, abs=4.0)
    assert made["hr_mean"] == pytest.approx(of_heart["hr_mean"], abs=0.1)


def test_a_channel_is_not_filled_over_a_gap() -> None:
    early = [one for one in beats() if "10:05:" not in one]
    (one,) = read(*early, WORKOUT + INNER, routes={"/workout-routes/a.gpx": gpx()}.get).recordings
    inside = (one.time > START + 295) & (one.time < START + 360)
    assert inside.any()
    assert np.isnan(one.stream["hr"][inside]).all()
    assert not np.isnan(one.stream["lat"][inside]).any()


@pytest.mark.parametrize("route", [None, gpx(START + 86_400)])
def test_a_route_that_is_missing_or_of_another_time_is_said_and_not_attached(route: bytes | None) -> None:
    (one,) = read(WORKOUT + INNER, routes=lambda path: route).recordings
    assert [rule for rule, _ in one.remarks] == ["route_missing"]
    assert one.stream == {}


def test_a_split_export_reads_the_same_as_the_whole_and_its_members_are_stable() -> None:
    routes = {"/workout-routes/a.gpx": gpx()}.get
    data = export(*beats(), WORKOUT + INNER,
                  record("BodyMass", "2023-04-01 06:10:00 +0200", None, "70.5", "kg"))  # fmt: skip
    whole = read_health(io.BytesIO(data), routes)
    members = list(split(io.BytesIO(data), routes))
    assert [name for name, _ in members] == ["workout 2024-03-05 10:00", "values 2023", "values 2024"]
    parts = [SOURCE.read(member, salvage=False) for _, member in members]
    (one,) = [recording for part in parts for recording in part.recordings]
    (same,) = whole.recordings
    assert (one.start, one.utc_offset, one.device, one.pauses) == (
        same.start,
        same.utc_offset,
        same.device,
        same.pauses,
    )
    assert np.array_equal(one.time, same.time)
    assert all(np.array_equal(one.stream[name], same.stream[name], equal_nan=True) for name in same.stream)
    assert tuple(value for part in parts for value in part.wellness) == whole.values
    later = export(*beats(), WORKOUT + INNER, record("BodyMass", "2023-04-01 06:10:00 +0200", None, "70.5", "kg"),
                   record("BodyMass", "2025-04-01 06:10:00 +0200", None, "71", "kg"))  # fmt: skip
    again = dict(split(io.BytesIO(later), routes))
    assert again["workout 2024-03-05 10:00"] == members[0][1]
    assert again["values 2023"] == members[1][1]


def test_the_real_fixture() -> None:
    path = FIXTURE / "export.xml"
    if not path.is_file():
        pytest.skip(f"the fixture is not here: {path} (set FITINTEL_TEST_DATA)")
    with path.open("rb") as file:
        health = read_health(file)
    (one,) = health.recordings
    assert (one.sport, one.start, one.utc_offset) == ("running", 1479133541.0, -28800.0)
    assert one.device["distance"] == pytest.approx(0.4971749504535062 * 1609.344)
    assert one.device["duration"] == pytest.approx(5.19412346680959 * 60)
    assert found(health) == {("2018-09-10", "hr_low"): 72.0}


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
