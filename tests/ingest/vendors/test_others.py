"""Tables of other vendors and rowing machines, and what holds for any table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.errors import AmbiguousFile, DataError, UnknownFormat
from fitintel.ingest.source import detect
from tests.conftest import _shared_data
from tests.ingest.vendors.conftest import EN, GARMIN, read, rows, rules, table

ROWING = _shared_data() / "rowingdata"


# Runkeeper, Concept2, Polar


@pytest.mark.parametrize(("duration", "seconds"), [("45:30", 2730.0), ("1:02:03", 3723.0)])
@pytest.mark.parametrize(("unit", "factor"), [("km", 1000.0), ("mi", 1609.344)])
def test_runkeeper(headers: dict[str, Any], duration: str, seconds: float, unit: str, factor: float) -> None:
    header = (
        headers["RUNKEEPER"][0].replace("km", unit).replace("Climb (m)", "Climb (m)" if unit == "km" else "Climb (ft)")
    )
    row = {"Activity Id": "a1-b2", "Date": "2019-07-14 08:12:33", "Type": "Running", "Duration": duration,
           f"Distance ({unit})": "10.00", "Calories Burned": "612.0", "Average Heart Rate (bpm)": "147",
           "Notes": "=cmd|' /C calc'!A0"}  # fmt: skip
    (found,) = rows(taken := read(table(header, dict(row))))
    assert taken.source.name == "runkeeper_csv"
    assert (found["distance"], found["duration"]) == (pytest.approx(10 * factor), seconds)
    assert (found["source_id"], found["notes"], found["hr_mean"]) == ("a1-b2", "=cmd|' /C calc'!A0", 147.0)


def test_concept2(headers: dict[str, str]) -> None:
    row = {"Log ID": "0071", "Date": "2026-01-05 18:20:00", "Description": "5000m row", "Work Time (Seconds)": "1203.4",
           "Work Distance": "5000", "Stroke Rate/Cadence": "24", "Total Cal": "301", "Avg Heart Rate": "",
           "Type": "RowErg"}  # fmt: skip
    (found,) = rows(taken := read(table(headers["CONCEPT2_SEASON"], dict(row))))
    assert taken.source.name == "concept2_csv"
    assert (found["distance"], found["duration"], found["sport"], found["cadence"]) == (5000.0, 1203.4, "rowing", 24.0)
    assert (found["source_id"], found["notes"], found["hr_mean"]) == ("0071", "5000m row", None)


def test_polar_flow_reads_the_session_above_the_samples(headers: dict[str, Any]) -> None:
    session = ("Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Average speed (km/h),"
               "Max speed (km/h),Calories,Notes,HR max,\n"
               "Anna,RUNNING,03-04-2024,07:05:00,00:45:30,8.21,148,10.8,15.1,512,,190,\n")  # fmt: skip
    data = session + headers["POLAR_FLOW_CSV"][0] + ",\n" + "1,00:00:00,90,,,,,,0,,,\n" * 20
    (found,) = rows(taken := read(data.encode()))
    assert taken.source.name == "polar_csv"
    assert (found["day"], found["duration"], found["distance"]) == (days.number(days.date(2024, 4, 3)), 2730.0, 8210.0)
    assert (found["hr_mean"], found["hr_max"]) == (148.0, None), "HR max there is the athlete's"
    assert rules(taken) == ["samples_not_read"]
    assert "20 samples" in taken.findings[0].detail


# rowing machines and boats


@pytest.mark.parametrize(
    ("file", "source", "day", "duration", "distance"),
    [("SpeedCoach2v2.12.csv", "speedcoach_csv", "2017-01-19", 192.6, 1000.5),
     ("boatcoach.csv", "boatcoach_csv", "2016-11-28", 120.0, 499.0),
     ("rowpro5.csv", "rowpro_csv", "2017-01-01", 120.0, 469.654571533),
     ("nk_logbook.csv", "nk_logbook_csv", "2021-03-30", 3901.914, 12155.47)],
)  # fmt: skip
def test_real_rowing_sessions(file: str, source: str, day: str, duration: float, distance: float) -> None:
    data = _real(ROWING / file)
    (found,) = rows(taken := read(data))
    assert (taken.source.name, detect(data, file).name) == (source, source)
    assert (days.iso(found["day"]), found["duration"], found["distance"]) == (day, duration, distance)
    assert found["sport"] == "rowing"
    assert "samples_not_read" in rules(taken)


@pytest.mark.parametrize("file", ["ergdata_example.csv", "smartrow.csv", "speedcoachexample.csv"])
def test_samples_without_a_date_are_refused_with_the_reason(file: str) -> None:
    with pytest.raises(UnknownFormat, match=r"none of its \d+ columns is a date") as caught:
        read(_real(ROWING / file))
    assert caught.value.rule == "samples_without_date"


def _real(path: Path) -> bytes:
    if not path.is_file():
        pytest.skip(f"the file is not here: {path} (set FITINTEL_TEST_DATA)")
    return path.read_bytes()


# time zones and spreadsheets, in any table


def test_local_times_in_a_gap_and_in_a_fold_are_said() -> None:
    data = b"date,sport,duration (min)\n2024-03-31T02:30,run,30\n2024-10-27T02:30,run,30\n2024-06-01T02:30,run,30\n"
    taken = read(data, zone="Europe/Berlin")
    assert rules(taken) == ["clock_gap", "clock_fold"]
    assert [row["utc_offset"] for row in rows(taken)] == [7200.0, 7200.0, 7200.0]
    assert rows(taken)[0]["start"] == 1711848600.0, "03:30 summer time is 01:30 UTC"


def test_dates_that_a_spreadsheet_rewrote_are_asked_about() -> None:
    data = b"date,sport,duration (min)\n04/12/2016,run,30\n4/13/2016,run,30\n"
    with pytest.raises(AmbiguousFile, match="two ways"):
        read(data)
    assert [days.iso(row["day"]) for row in rows(read(data, date_order="mdy"))] == ["2016-04-12", "2016-04-13"]


@pytest.mark.parametrize(
    "name", ["STRAVA_EN_86", "STRAVA_DE_92", "GARMIN_EN_2025", "GARMIN_DE_2017", "CONCEPT2_SEASON"]
)
def test_a_header_without_rows_is_no_error(headers: dict[str, str], name: str) -> None:
    assert "no_rows" in rules(read(table(headers[name])))


@pytest.mark.parametrize("name", ["STRAVA_EN_86", "GARMIN_EN_2025", "CONCEPT2_SEASON"])
@pytest.mark.parametrize(
    "cell", ["1e309", "NaN", "-5", "１２０", "1_000", "99999999999999999999", "\x00", "x" * 20_000]
)
def test_a_hostile_cell_never_becomes_a_number(headers: dict[str, str], name: str, cell: str) -> None:
    good = {"STRAVA_EN_86": EN, "GARMIN_EN_2025": {**GARMIN, "Time": "00:50:00"}, "CONCEPT2_SEASON": {
        "Log ID": "1", "Date": "2026-01-05 18:20:00", "Work Time (Seconds)": "1203", "Work Distance": "5000",
        "Type": "RowErg"}}[name]  # fmt: skip
    where: int | str = {"STRAVA_EN_86": 17, "GARMIN_EN_2025": "Distance", "CONCEPT2_SEASON": "Work Distance"}[name]
    bad = {**good, where: cell}
    try:
        taken = read(table(headers[name], dict(bad)))
    except DataError:
        return  # the file as a whole: nothing of it is stored
    assert all(row["distance"] is None or row["distance"] < 1e6 for row in rows(taken))
    assert taken.findings
    assert taken.read == len(taken.workouts) + taken.kept_aside
