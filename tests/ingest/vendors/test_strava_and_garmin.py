"""Tables of Strava and Garmin."""

from __future__ import annotations

import csv

import pytest

from fitintel.core import days
from fitintel.core.errors import AmbiguousFile
from tests.ingest.vendors.conftest import EN, GARMIN, read, rows, rules, table

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
