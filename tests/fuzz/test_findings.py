"""What fuzzing has found, each with a small input: refused with its place and reason, or read as it should be."""

from __future__ import annotations

import base64
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from fitintel.core.errors import DataError
from fitintel.ingest import intake
from fitintel.ingest.arrival import arrivals_of
from fitintel.ingest.connectors.envelope import wrap
from fitintel.ingest.options import Options
from fitintel.ingest.sandbox import Answer
from fitintel.ingest.source import recorder
from fitintel.ingest.sources import mapmyrun_csv, nk_logbook_csv
from fitintel.ingest.text import decode
from fitintel.workbench import parsing
from tests.ingest.fit import encoder


def recorded(kind: str) -> Callable[[bytes], object]:
    return lambda data: recorder(kind).read(data, salvage=False)


def table(data: bytes, source: str | None = None) -> object:
    return intake.read(data, name="t", athlete_id="ann", import_id="i", options=Options(source=source), today=20_000)


def typed_wellness(data: bytes) -> object:
    return table(data, "typed_wellness")


def nameless() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x", b"no table")
    data = out.getvalue().replace(b"\x01\x00\x00\x00x", b"\x00\x00\x00\x00x")
    at = data.index(b"PK\x01\x02")
    size = data.index(b"PK\x05\x06")
    head = bytearray(data[:size].replace(b"x", b"", 0))
    head[at + 28 : at + 30] = b"\0\0"
    del head[at + 46]  # the name in the list of members
    end = bytearray(data[size:])
    end[12:16] = (len(head) - at).to_bytes(4, "little")
    return bytes(head + end)


BEFORE_ITS_ARCHIVE = base64.b64decode(
    "UEsDBBQAAHd3d3d3dy5maXRQS3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3cmtib29rLnhtbDw/eG1sIHZlcnNpb249IjEuMCI/Pgo8d29ya2Jv"
    "b2svPlBLAQIUAxQAAAAAAEFDd13py3GoIQAAACEAAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAAAQUN3"
    "XenLcaghAAAAIQAAAA8AAAAAAAAAAAAAAABSgAF4AGwAL3dvcmtib29rLnhtbFBLBQYAAAAAAgACAH4AAACgAAAAAAA="
)
"""the list of its members says that they stand before its first byte"""


@pytest.mark.parametrize("data", [nameless(), BEFORE_ITS_ARCHIVE], ids=["no name", "before the first byte"])
def test_a_member_that_zipfile_cannot_open_is_refused_and_the_archive_goes_on(data: bytes) -> None:
    found = list(arrivals_of("all.zip", data, lambda sha256: False))
    assert found[-1].name == "all.zip"
    refused = [one.refused for one in found if one.refused is not None]
    assert refused
    assert all(error.rule.startswith(("archive_", "file_")) for error in refused)


@pytest.mark.parametrize(
    ("read", "data", "rule"),
    [
        (recorded("gpx"), b'<?xml version="1.0" encoding="utf\x00-8"?><gpx/>', "xml_encoding"),
        (recorded("tcx"), b'<?xml version="1.0" encoding="\x00"?><TrainingCenterDatabase/>', "xml_encoding"),
        (recorded("apple_health"), b'<?xml version="1.0" encoding="big5"?><HealthData/>', "xml_encoding"),
        (recorded("apple_health"), b'<?xml version="1.0" encoding="utf-nine"?><HealthData/>', "xml_encoding"),
        (typed_wellness, b'\xef\xbb\xbf{"a": 1}', "file_unreadable"),
        (typed_wellness, b"[" * 100_000, "file_unreadable"),
        (table, b"[" * 5_000, "header_missing"),
        (table, b"(" * 5_000 + b"km]x)", "header_missing"),
    ],
)
def test_what_is_no_file_of_its_kind_is_refused_with_its_rule(
    read: Callable[[bytes], object], data: bytes, rule: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(data)
    assert caught.value.rule == rule


def health(*elements: str) -> bytes:
    return f"<HealthData>{''.join(elements)}</HealthData>".encode()


def workout(start: str, end: str, more: str = "") -> str:
    return f'<Workout workoutActivityType="x" startDate="{start}" endDate="{end}"{more}/>'


@pytest.mark.parametrize("year", ["0001", "1969", "2107", "9999"])
def test_a_workout_of_another_century_is_read_and_left_to_the_rules(year: str) -> None:
    beat = (f'<Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" value="90"'
            f' startDate="{year}-07-01 10:00:00 +0000" endDate="{year}-07-01 10:00:00 +0000"/>')  # fmt: skip
    given = health(beat, workout(f"{year}-07-01 10:00:00 +0000", f"{year}-07-01 11:00:00 +0000"))
    (one,) = recorder("apple_health").read(given, salvage=False).recordings
    assert one.device["elapsed"] == 3600.0
    assert "hr" not in one.stream


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400])
def test_a_number_without_end_is_no_number(number: str) -> None:
    moment = "2024-03-01 10:00:00 +0000"
    steps = (f'<Record type="HKQuantityTypeIdentifierStepCount" unit="count" value="{number}" startDate="{moment}"'
             f' endDate="{moment}"/>')  # fmt: skip
    found = recorder("apple_health").read(
        health(steps, steps.replace(number, "1e39"), workout(moment, moment, f' duration="{number}"')), salvage=False
    )
    assert "duration" not in found.recordings[0].device
    assert found.wellness == ()
    assert {"optional_cell_unreadable", "wellness_impossible"} <= {rule for rule, _ in found.remarks}


@pytest.mark.parametrize("clock", ["10:00:00 +9900", "10:99:00 +0000", "10:00:99 +0000", "99:00:00 +0000"])
def test_a_time_that_no_clock_shows_is_no_time(clock: str) -> None:
    good = workout("2024-03-01 10:00:00 +0000", "2024-03-01 11:00:00 +0000")
    found = recorder("apple_health").read(health(good, workout(f"2024-03-01 {clock}", "")), salvage=False)
    assert len(found.recordings) == 1
    assert "date_unreadable" in {rule for rule, _ in found.remarks}


def test_a_refusal_that_quotes_what_is_no_text_can_be_kept_and_printed() -> None:
    with pytest.raises(DataError) as caught:
        table(b"date,weight (\x8b\x98),resting hr\n2024-43-01,0.5,50\n")
    assert "\\udc8b" in str(caught.value)
    str(caught.value).encode()


def far_ride(jump: int) -> bytes:
    rows = [encoder.RECORD.row(encoder.START + s, 1, 1, 2500, 700 * s + (jump if s > 30 else 0), 7000, 120, 80, 200, 20)
            for s in range(60)]  # fmt: skip
    return encoder.with_messages(encoder.RECORD.head(), *rows, encoder.SESSION.head(),
                                 encoder.session(encoder.START, 60, distance=42_000))  # fmt: skip


@pytest.mark.parametrize("jump", [0, 4_000_000_000])
def test_a_jump_of_the_distance_is_not_cut_into_millions_of_steps(jump: int) -> None:
    job = parsing.job(far_ride(jump), name="r.fit", athlete_id="ann", import_id="i", sha256="0" * 64,
                      options=Options(), today=20_000, off={})  # fmt: skip
    tracemalloc.start()
    (one,) = parsing.answered(Answer(parsing.read(job))).recordings
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert one.samples == 60
    assert most < 50e6


def test_two_samples_a_century_apart_are_not_cut_into_seconds() -> None:
    activity = {"id": "i1", "type": "Ride", "start_date": "2024-03-01T09:00:00Z", "elapsed_time": 60,
                "start_date_local": "2024-03-01T10:00:00", "moving_time": 58, "distance": 500.0}  # fmt: skip
    samples = [{"type": "time", "data": [0, 1_000_000_000]}, {"type": "watts", "data": [200, 210]}]
    data = wrap("intervals", {"activity": json.dumps(activity).encode(), "streams": json.dumps(samples).encode()})
    job = parsing.job(data, name="r", athlete_id="ann", import_id="i", sha256="0" * 64, options=Options(),
                      today=20_000, off={})  # fmt: skip
    tracemalloc.start()
    found = parsing.answered(Answer(parsing.read(job)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.intake.read == 1
    assert most < 50e6


@pytest.mark.parametrize("service", ["strava", "intervals"])
def test_half_of_a_letter_in_a_name_can_be_kept_and_printed(service: str) -> None:
    activity = {"id": 1, "type": "Run", "start_date": "2024-03-01T09:00:00Z", "elapsed_time": 60, "moving_time": 58,
                "distance": 500.0, "name": "Run \ud83d", "description": "\udc00"}  # fmt: skip
    data = wrap(service, {"activity": json.dumps(activity).encode(), "streams": b"null"})
    (one,) = recorder(service).read(data, salvage=False).recordings
    assert (one.name, one.notes.encode()) == ("Run ?", b"?")


def test_strokes_of_as_many_sessions_as_rows_are_added_up_in_one_pass() -> None:
    head = "timestamp,elapsedTime,gpsTotalDistance,sessionId,heartRate,strokeRate,gpsPace,impellerTotalDistance\n"
    first = 1_600_000_000_000
    rows = "".join(f"{first + 10_000_000 * row},60000,{'' if row % 2 else 250.0},s{row},140,22,120,\n"
                   for row in range(2_000))  # fmt: skip
    found = nk_logbook_csv.table(decode((head + rows).encode(), "t"), "t")
    assert len(found.rows) == 2_000
    assert found.column("distance")[:2] == ["250.00", ""]


def test_the_number_of_a_link_is_found_among_many_digits() -> None:
    assert mapmyrun_csv.identity(["1" * 9_000 + "a2b", "1a", "none"]) == ["2", "1", ""]
