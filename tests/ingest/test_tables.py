"""Any table of workouts: columns, units, signs and dates are guessed on evidence; without it a person is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fitintel.core import days
from fitintel.core.errors import AmbiguousFile, UnknownFormat, UnknownName, UsageError
from fitintel.core.records import Outcome
from fitintel.core.units import METRE_PER_MILE
from fitintel.ingest.profile import Profile, Use
from fitintel.ingest.source import detect

HEADERS = {
    "Date,Activity Type,Distance (mi),Duration (min)": ("mi", "min"),
    "date,sport,distance_km,duration_s": ("km", "s"),
    "Workout Date,Sport,Dist [m],Time (h:mm:ss)": ("m", "h:mm:ss"),
    "Datum,Sportart,Distanz (km),Dauer (min)": ("km", "min"),
    "Date,Type d'activité,Distance (km),Durée (h:mm:ss)": ("km", "h:mm:ss"),
    "Fecha,Deporte,Distancia (km),Duración (min)": ("km", "min"),
    "Day,Sport,km,minutes": ("km", "min"),
    "Startdatum,Art,Strecke in km,Zeit": ("km", "h:mm:ss"),
}
METRES = {"km": 1000.0, "mi": METRE_PER_MILE, "m": 1.0}


def written(seconds: int, unit: str) -> str:
    if unit == "h:mm:ss":
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return str(seconds / {"s": 1, "min": 60}[unit])


@pytest.mark.parametrize(("header", "units"), HEADERS.items())
def test_headers_of_four_languages_give_columns_and_units(desk, header: str, units: tuple[str, str]) -> None:
    distance, duration = units
    rows = [("2024-03-01", "Run", 10000.0, 3000), ("2024-03-02", "Walk", 4000.0, 3600)]
    lines = [f"{day},{sport},{metres / METRES[distance]!r},{written(s, duration)}" for day, sport, metres, s in rows]
    report = desk.take("\n".join([header, *lines]) + "\n")
    assert report.record.imported == 2, report.problems
    stored = desk.workouts()
    assert stored["sport"].tolist() == ["running", "walking"]
    np.testing.assert_allclose(stored["distance"], [10000.0, 4000.0])
    np.testing.assert_allclose(stored["duration"], [3000.0, 3600.0])
    assert report.profile is not None
    assert report.profile.use("distance").unit == distance


def test_semicolons_and_decimal_commas(desk) -> None:
    report = desk.take("Datum;Sportart;Distanz (km);Dauer (min)\n01.03.2024;Laufen;10,5;55,5\n14.03.2024;Gehen;4;40\n")
    assert report.profile is not None
    assert (report.profile.delimiter, report.profile.decimal, report.profile.date_order) == (";", ",", "dmy")
    assert desk.workouts()["distance"].tolist() == [10500.0, 4000.0]
    assert desk.workouts()["duration"].tolist() == [3330.0, 2400.0]


def test_tabs_and_the_spreadsheets_separator_line(desk) -> None:
    tabs = "date\tsport\tdistance (km)\n2024-03-01\tRun\t10.5\n"
    desk.take(tabs)
    report = desk.take("sep=;\n" + tabs.replace("\t", ";"), "other.csv")
    assert report.record.duplicate == 1


def test_thousands_are_understood_where_a_cell_shows_both_signs(desk) -> None:
    report = desk.take('date,sport,distance (m),steps\n2024-03-01,Run,"10,500.5","12,345"\n2024-03-02,Run,900.5,800\n')
    assert report.profile is not None
    assert report.profile.thousands == ","
    assert desk.workouts()["distance"].tolist() == [10500.5, 900.5]
    assert desk.workouts()["steps"].tolist() == [12345.0, 800.0]


def test_a_lone_thousands_sign_is_never_guessed_away(desk, said) -> None:
    report = desk.take('date,sport,distance (km),steps\n2024-03-01,Run,10.5,"12,345"\n')
    assert said.rules(report) == [(1, "steps", "optional_cell_unreadable")]
    assert np.isnan(desk.workouts()["steps"]).all()


def test_steps_with_a_point_are_not_taken_for_a_handful(desk, said) -> None:
    report = desk.take("date,sport,distance (km),steps\n2024-03-01,Run,10.5,12.345\n2024-03-02,Run,9.5,9800\n")
    assert said.rules(report) == [(1, "steps", "optional_cell_unreadable")]
    assert np.isnan(desk.workouts()["steps"][0])


@pytest.mark.parametrize(
    ("cells", "order"), [(["03/04/2024", "13/04/2024"], "dmy"), (["03/04/2024", "04/13/2024"], "mdy")]
)
def test_one_date_settles_the_order_of_the_column(desk, cells: list[str], order: str) -> None:
    report = desk.take("date,distance (km)\n" + "".join(f"{cell},{i + 5}\n" for i, cell in enumerate(cells)))
    assert report.profile is not None
    assert report.profile.date_order == order
    expected = days.date(2024, 4, 3) if order == "dmy" else days.date(2024, 3, 4)
    assert days.number(expected) in desk.workouts()["day"].tolist()


def test_dates_that_nothing_settles_are_asked_for_and_a_retry_answers(desk, said) -> None:
    from fitintel.workbench.importing import retry_quarantined

    report = desk.take("date,distance (km)\n03/04/2024,5\n05/06/2024,6\n")
    assert isinstance(report.error, AmbiguousFile)
    assert "--date-order" in str(report.error)
    assert said.rules(report) == [(0, "", "file_ambiguous")]
    assert len(desk.workouts()) == 0
    (retried,) = retry_quarantined(desk.store, desk.blobs, "ann", date_order="dmy")
    assert (retried.record.imported, retried.record.retry_of) == (2, report.record.id)
    assert [days.iso(day) for day in desk.workouts()["day"]] == ["2024-04-03", "2024-06-05"]
    assert desk.store.problems(athlete_id="ann") == ()
    again = desk.take("date,distance (km)\n03/04/2024,5\n05/06/2024,6\n")
    assert again.already is not None, "a question that was answered is not asked again"


def test_mixed_date_styles_cost_only_the_rows_that_can_be_read_two_ways(desk, said) -> None:
    report = desk.take(
        'date,distance (km)\n2024-03-01,5\n"June 3, 2024",6\n8 Jan 2024,7\n03/04/2024,8\n2024/03/09 07:30,9\n'
    )
    assert said.rules(report) == [(4, "date", "date_ambiguous")]
    assert report.record.imported == 4


def test_an_unwritten_distance_unit_is_found_where_only_one_makes_sense(desk) -> None:
    rows = "".join(f"2024-03-{day:02},Run,{4 + day / 10},{1500 + 20 * day}\n" for day in range(1, 20))
    report = desk.take("date,sport,distance,duration (s)\n" + rows)
    assert report.profile is not None
    assert report.profile.use("distance").unit == "km"
    metres = rows.replace(",Run,", ",Run,1")  # 14 000 and more: thousands of metres
    metres = "".join(f"2024-03-{day:02},Run,{4000 + 100 * day},{1500 + 20 * day}\n" for day in range(1, 20))
    again = desk.take("date,sport,distance,duration (s)\n" + metres, "m.csv")
    assert again.profile is not None
    assert again.profile.use("distance").unit == "m"


def test_an_unwritten_duration_unit_is_found_where_only_one_makes_sense(desk) -> None:
    rows = "".join(f"2024-03-{day:02},Run,{4 + day / 10},{25 + day}\n" for day in range(1, 20))
    report = desk.take("date,sport,distance (km),duration\n" + rows)
    assert report.profile is not None
    assert report.profile.use("duration").unit == "min"


def test_a_distance_that_could_be_miles_or_kilometres_is_asked_for(desk, said) -> None:
    rows = "".join(f"2024-03-{day:02},Run,{3 + day / 10},{1800 + 36 * day}\n" for day in range(1, 20))
    text = "date,sport,distance,duration (s)\n" + rows
    report = desk.take(text)
    assert isinstance(report.error, AmbiguousFile)
    assert "'distance'" in str(report.error)
    assert "--units" in str(report.error)
    assert len(desk.workouts()) == 0
    answered = desk.take(text, units="imperial")
    assert answered.record.imported == 19
    assert desk.workouts()["distance"][0] == pytest.approx(3.1 * METRE_PER_MILE)
    assert desk.store.problems(athlete_id="ann") == (), "the question is answered"


def test_a_written_unit_that_the_values_contradict_is_not_believed(desk) -> None:
    rows = "".join(f"2024-03-{day:02},Run,{5000 + day},{1500 + day}\n" for day in range(1, 9))
    report = desk.take("date,sport,distance (km),duration (s)\n" + rows)
    assert isinstance(report.error, AmbiguousFile)
    assert "contradict" in str(report.error)


def test_two_part_times_are_minutes_where_three_part_times_are_beside_them(desk) -> None:
    desk.take("date,sport,distance (km),Time\n2024-03-01,Run,10,45:30\n2024-03-02,Run,15,1:10:00\n")
    assert desk.workouts()["duration"].tolist() == [2730.0, 4200.0]


def test_two_part_times_alone_are_asked_for(desk) -> None:
    text = "date,sport,distance (km),Time\n2024-03-01,Ride,30,1:30\n2024-03-02,Ride,35,1:40\n"
    report = desk.take(text)
    assert isinstance(report.error, AmbiguousFile)
    assert "h:mm" in str(report.error)
    desk.take(text, units="h:mm")
    assert desk.workouts()["duration"].tolist() == [5400.0, 6000.0]


def test_a_unit_written_in_the_header_wins_over_the_option(desk) -> None:
    desk.take("date,distance (km),duration (min)\n2024-03-01,10,50\n", units="imperial")
    assert desk.workouts()["distance"].tolist() == [10000.0]


def test_an_optional_column_without_a_unit_is_left_out(desk) -> None:
    report = desk.take("date,distance (km),elevation gain\n2024-03-01,10,300\n")
    assert report.profile is not None
    assert "elevation gain" in report.profile.ignored
    assert [(problem.row, problem.column, problem.rule) for problem in report.problems] == [
        (0, "elevation gain", "unit_unknown")
    ]
    assert np.isnan(desk.workouts()["elevation_gain"]).all()
    desk.take("date,distance (km),elevation gain\n2024-03-02,10,300\n", "b.csv", units="imperial")
    assert desk.workouts()["elevation_gain"][1] == pytest.approx(91.44)


def test_start_times_keep_their_offset_and_their_local_day(desk) -> None:
    desk.take("date,distance (km)\n2024-01-01T00:20:00+01:00,5\n2024-01-02 23:50:00-05:00,6\n2024-01-03 07:00,7\n")
    stored = desk.workouts()
    assert [days.iso(day) for day in stored["day"]] == ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert stored["start"][0] == days.number(days.date(2023, 12, 31)) * 86400 + 23 * 3600 + 20 * 60
    assert stored["utc_offset"][1] == -5 * 3600
    assert np.isnan(stored["utc_offset"][2])


def test_a_leap_second_and_24_o_clock_are_read_and_said(desk, said) -> None:
    report = desk.take("date,distance (km)\n2016-12-31T23:59:60Z,5\n2024-01-01T24:00:00Z,6\n")
    assert [rule for _, _, rule in said.rules(report)] == ["time_normalised"] * 2
    assert [days.iso(day) for day in desk.workouts()["day"]] == ["2017-01-01", "2024-01-02"]


def test_ids_stay_text(desk) -> None:
    desk.take("date,distance (km),activity id\n2024-01-01,5,007\n2024-01-02,5,12345678901234567890\n")
    assert desk.workouts()["source_id"].tolist() == ["007", "12345678901234567890"]


def test_a_column_that_only_counts_rows_is_no_identity(desk, said) -> None:
    desk.take("id,date,distance (km)\n1,2024-01-01,5\n2,2024-01-02,6\n")
    report = desk.take("id,date,distance (km)\n1,2024-01-03,7\n2,2024-01-02,6\n3,2024-01-01,5\n", "newer.csv")
    assert (report.record.imported, report.record.duplicate) == (1, 2)


def test_an_unknown_sport_is_kept_as_other_and_said_once(desk, said) -> None:
    rows = "".join(f"2024-03-{day:02},Quidditch,30\n" for day in range(1, 6))
    report = desk.take("date,sport,duration (min)\n" + rows)
    assert said.rules(report) == [(1, "sport", "sport_unknown")]
    assert report.problems[0].outcome is Outcome.IMPORTED
    assert (report.record.imported, report.record.warned) == (5, 0)
    named = desk.take("date,sport,duration (min)\n" + rows, athlete="bob", sport="machine")
    assert named.problems == ()
    assert set(desk.workouts("bob")["sport"]) == {"machine"}


def test_a_profile_is_saved_by_name_and_used_again(desk, tmp_path: Path) -> None:
    text = "when,what,how far\n2024-03-01,Run,5\n"
    assert isinstance(desk.take(text).error, UnknownFormat)
    profile = Profile((Use("when", "date", ""), Use("what", "sport", ""), Use("how far", "distance", "mi")))
    profile.save(tmp_path / "mine.json")
    desk.take(text, profile=str(tmp_path / "mine.json"), save_profile="mine")
    report = desk.take(text.replace("03-01", "03-02"), "next.csv", profile="mine")
    assert report.record.imported == 1
    np.testing.assert_allclose(desk.workouts()["distance"], [5 * METRE_PER_MILE] * 2)
    with pytest.raises(UnknownName, match="yours"):
        desk.take(text, profile="yours")


def test_a_guessed_profile_can_be_vetoed_in_part(desk) -> None:
    text = "date,sport,distance (km),heart rate\n2024-03-01,Run,5,150\n"
    guessed = desk.take(text, dry_run=True).profile
    assert guessed is not None
    kept = Profile.from_dict({**guessed.as_dict(), "columns": {
        name: pair for name, pair in guessed.as_dict()["columns"].items() if pair[0] != "hr_mean"
    }})  # fmt: skip
    desk.take(text, profile=kept)
    assert np.isnan(desk.workouts()["hr_mean"]).all()


def test_a_profile_survives_json_and_refuses_nonsense(tmp_path: Path) -> None:
    profile = Profile((Use("a", "date", ""), Use("b", "duration", "h:mm:ss")), date_order="dmy", decimal=",")
    profile.save(tmp_path / "p.json")
    assert Profile.load(tmp_path / "p.json") == profile
    with pytest.raises(UnknownName, match="furlong"):
        Profile((Use("a", "distance", "furlong"),))
    with pytest.raises(UsageError, match="not a profile"):
        Profile.from_dict({"cols": 1})


def test_detection_names_the_nearest_known_columns() -> None:
    with pytest.raises(UnknownFormat, match="distance"):
        detect(b"date,distanz_total,sprt\n1,2,3\n", "x.csv")


@pytest.mark.parametrize(
    "options", [{"source": "nonsense"}, {"date_order": "ydm"}, {"sport": "chess"}, {"units": "furlong"}]
)
def test_options_that_name_nothing_are_refused_before_anything_is_read(desk, options: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        desk.take("date,distance (km)\n2024-03-01,5\n", **options)
    assert desk.store.imports("ann") == ()
