"""Tables of vendors, with their real headers in every language that is known; the rows are made here."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.errors import AmbiguousFile, DataError, UnknownFormat
from fitintel.ingest import intake
from fitintel.ingest.intake import Intake
from fitintel.ingest.options import Options
from fitintel.ingest.source import detect
from tests.conftest import _shared_data

TODAY = days.number(days.date(2026, 10, 8))
ROWING = _shared_data() / "rowingdata"


@pytest.fixture(scope="module")
def headers() -> dict[str, str]:
    path = _shared_data() / "export-headers" / "headers.json"
    if not path.is_file():
        pytest.skip(f"vendors' headers are not here: {path} (set FITINTEL_TEST_DATA)")
    return dict(json.loads(path.read_text(encoding="utf-8"))["headers"])


def table(header: str, *rows: dict[int | str, str], bom: bool = False, newline: str = "\n") -> bytes:
    """A file with a real header; cells are placed by position or by (first) name."""
    names = next(csv.reader([header]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(names)
    for row in rows:
        cells = [""] * len(names)
        for where, cell in row.items():
            cells[where if isinstance(where, int) else names.index(where)] = cell
        writer.writerow(cells)
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


def read(data: bytes, **options: Any) -> Intake:
    return intake.read(data, name="x.csv", athlete_id="ann", import_id="i-1", options=Options(**options), today=TODAY)


def rows(taken: Intake) -> list[dict[str, Any]]:
    return list(taken.workouts.rows())


def rules(taken: Intake) -> list[str]:
    return [finding.rule for finding in taken.findings]


# Strava

EN = {0: "17123456789", 1: "Sep 20, 2026, 10:12:12 PM", 2: "Evening Run", 3: "Run", 5: "3700", 6: "10.20", 15: "3700.0",
      16: "3600.0", 17: "10203.5", 18: "4.5", 20: "123.4", 29: "82.5", 30: "181.0", 31: "152.3", 34: "700.0",
      43: "6.0"}  # fmt: skip
DE = {**EN, 1: "20.09.2026, 22:12:12", 2: "Abendlauf", 3: "Lauf", 6: "10,20"}


@pytest.mark.parametrize(("name", "row"), [("STRAVA_EN_86", EN), ("STRAVA_EN_103", EN), ("STRAVA_DE_92", DE)])
@pytest.mark.parametrize("bom", [False, True])
def test_strava_takes_repeated_columns_by_their_place(
    headers: dict[str, str], name: str, row: dict[int, str], bom: bool
) -> None:
    taken = read(table(headers[name], dict(row), bom=bom, newline="\r\n"))
    (found,) = rows(taken)
    assert taken.source.name == "strava_csv"
    assert found["distance"] == 10203.5, "the second Distance, in metres: never 10.2 and never 1020"
    assert (found["duration"], found["sport"], found["source_id"]) == (3600.0, "running", "17123456789")
    assert (found["speed_max"], found["elevation_gain"], found["hr_max"], found["hr_mean"]) == (
        4.5,
        123.4,
        181.0,
        152.3,
    )
    assert (found["energy"], found["rpe"], found["cadence"]) == (700.0 * 4184, 6.0, 82.5)
    assert found["day"] == days.number(days.date(2026, 9, 20))
    assert found["start"] == days.number(days.date(2026, 9, 20)) * 86400 + 22 * 3600 + 12 * 60 + 12
    assert rules(taken) == ["zone_unknown"]


def test_strava_in_a_language_that_nobody_wrote_down_is_known_by_its_repeats(headers: dict[str, str]) -> None:
    names = next(csv.reader([headers["STRAVA_EN_86"]]))
    foreign = ",".join(f"colonne {names.index(name)}" if name else "" for name in names)
    (found,) = rows(read(table(foreign, {**EN, 1: "20 sept. 2026 à 22:12:12", 3: "Course à pied"})))
    assert (found["distance"], found["duration"]) == (10203.5, 3600.0)


def test_strava_without_the_first_heart_rate_is_shifted_by_one(headers: dict[str, str]) -> None:
    names = next(csv.reader([headers["STRAVA_EN_86"]]))
    older = ",".join(names[:7] + names[8:])
    row = {place if place < 7 else place - 1: cell for place, cell in EN.items()}
    (found,) = rows(read(table(older, dict(row))))
    assert (found["distance"], found["duration"], found["hr_mean"]) == (10203.5, 3600.0, 152.3)


def test_strava_with_a_zone_has_the_local_day_and_the_offset(headers: dict[str, str]) -> None:
    taken = read(table(headers["STRAVA_EN_86"], dict(EN)), zone="Europe/Berlin")
    (found,) = rows(taken)
    assert found["day"] == days.number(days.date(2026, 9, 21)), "22:12 UTC is after midnight in Berlin"
    assert found["utc_offset"] == 7200.0
    assert found["start"] == days.number(days.date(2026, 9, 20)) * 86400 + 22 * 3600 + 12 * 60 + 12
    assert "zone_unknown" not in rules(taken)


def test_strava_takes_elapsed_time_where_there_is_no_moving_time(headers: dict[str, str]) -> None:
    (found,) = rows(read(table(headers["STRAVA_EN_86"], {**EN, 16: ""})))
    assert found["duration"] == 3700.0


def test_an_old_strava_export_has_its_distance_unit_found_or_asked() -> None:
    header = ("Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
              "Commute,Activity Gear,Filename")  # fmt: skip
    runs = [{0: f"{n}", 1: f"Sep {n}, 2017, 7:00:00 AM", 3: "Run", 5: "3000", 6: "10.0"} for n in range(1, 7)]
    assert rows(read(table(header, *runs)))[0]["distance"] == 10_000.0
    rides = [{**run, 3: "Ride", 6: "18.0"} for run in runs]
    with pytest.raises(AmbiguousFile, match="--units"):
        read(table(header, *rides))
    assert rows(read(table(header, *rides), units="mi"))[0]["distance"] == pytest.approx(18 * 1609.344)


# Garmin

GARMIN = {"Activity Type": "Running", "Date": "2026-03-04 07:01:02", "Title": "Berlin Laufen", "Distance": "10.01",
          "Calories": "1,336", "Avg HR": "151", "Max HR": "--", "Avg Run Cadence": "168", "Steps": "4,808"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "time", "climb"),
    [("GARMIN_EN_2020", "Activity Time", "Elev Gain"), ("GARMIN_EN_2025", "Time", "Total Ascent"),
     ("GARMIN_EN_2026", "Time", "Total Ascent")],
)  # fmt: skip
def test_garmin_is_read_in_each_english_layout(headers: dict[str, str], name: str, time: str, climb: str) -> None:
    names = next(csv.reader([headers[name]]))
    row = {key: cell for key, cell in {**GARMIN, time: "00:50:03.5", climb: "1,234"}.items() if key in names}
    (found,) = rows(taken := read(table(headers[name], dict(row))))
    assert taken.source.name == "garmin_csv"
    assert (found["distance"], found["duration"], found["sport"]) == (10_010.0, 3003.5, "running")
    assert (found["hr_mean"], found["hr_max"], found["elevation_gain"]) == (151.0, None, 1234.0)
    assert found["energy"] == 1336 * 4184, "1,336 is over a thousand"
    assert found["steps"] == (4808.0 if "Steps" in names else None)
    assert found["cadence"] == (168.0 if "Avg Run Cadence" in names else None)
    assert (found["day"], found["utc_offset"]) == (days.number(days.date(2026, 3, 4)), None)


@pytest.mark.parametrize("which", ["GARMIN_DE_2017", "GARMIN_EN_2025"])
def test_garmin_with_decimal_commas_under_a_german_or_an_english_header(headers: dict[str, str], which: str) -> None:
    german = which.startswith("GARMIN_DE")
    names = {"sport": "Aktivitätstyp", "date": "Datum", "distance": "Distanz", "energy": "Kalorien", "time": "Zeit",
             "hr": "Ø HF"} if german else {"sport": "Activity Type", "date": "Date", "distance": "Distance",
                                           "energy": "Calories", "time": "Time", "hr": "Avg HR"}  # fmt: skip
    row = {names["sport"]: "Laufen", names["date"]: "2017-05-06 18:00:00", names["distance"]: "10,00",
           names["energy"]: "1.036", names["time"]: "00:50:00", names["hr"]: "--"}  # fmt: skip
    (found,) = rows(read(table(headers[which], dict(row))))
    assert (found["distance"], found["energy"], found["hr_mean"]) == (10_000.0, 1036 * 4184, None)
    assert found["sport"] == "running"


def test_garmin_miles_are_found_by_steps_or_asked_about_and_pool_swims_are_metres(headers: dict[str, str]) -> None:
    runs = [{**GARMIN, "Distance": "6.20", "Time": "00:50:00", "Date": f"2026-03-0{n} 07:00:00", "Total Ascent": "100"}
            for n in range(1, 6)]  # fmt: skip
    with pytest.raises(AmbiguousFile, match="km or mi"):
        read(table(headers["GARMIN_EN_2025"], *runs))
    stepped = [{**run, "Avg Stride Length": "1.19"} for run in runs]
    assert rows(read(table(headers["GARMIN_EN_2025"], *stepped)))[0]["distance"] == pytest.approx(6.2 * 1609.344)
    shorter = [{**run, "Avg Stride Length": "0.74"} for run in runs]
    assert rows(read(table(headers["GARMIN_EN_2025"], *shorter)))[0]["distance"] == pytest.approx(6200.0)
    swim = {"Activity Type": "Pool Swim", "Date": "2026-03-07 07:00:00", "Distance": "1,500", "Time": "00:30:00"}
    told = rows(read(table(headers["GARMIN_EN_2025"], *runs, swim), units="imperial"))
    by_sport = {row["sport"]: row for row in told}
    assert by_sport["running"]["distance"] == pytest.approx(6.2 * 1609.344)
    assert by_sport["running"]["elevation_gain"] == pytest.approx(30.48)
    assert by_sport["swimming"]["distance"] == pytest.approx(1500.0)


def test_garmin_rides_that_fit_kilometres_and_miles_are_asked_about(headers: dict[str, str]) -> None:
    ride = {"Activity Type": "Cycling", "Date": "2026-03-04 07:00:00", "Distance": "20.00", "Time": "01:00:00"}
    with pytest.raises(AmbiguousFile, match="--units"):
        read(table(headers["GARMIN_EN_2026"], ride))


def test_garmin_dates_of_a_spreadsheet_are_asked_about(headers: dict[str, str]) -> None:
    row = {**GARMIN, "Date": "7/4/2020 15:36", "Activity Time": "00:50:00"}
    del row["Steps"]
    with pytest.raises(AmbiguousFile, match="--date-order"):
        read(table(headers["GARMIN_EN_2020"], dict(row)))
    (found,) = rows(read(table(headers["GARMIN_EN_2020"], dict(row)), date_order="mdy"))
    assert found["day"] == days.number(days.date(2020, 7, 4))


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
