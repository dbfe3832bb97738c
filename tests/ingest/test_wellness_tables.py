"""Tables of wellness: vendors' real headers, bounds, several people, and the way into the store."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import days
from fitintel.core.errors import AmbiguousFile, UnknownFormat, UsageError
from fitintel.core.records import Outcome
from fitintel.core.wellness import METRICS, breach
from fitintel.ingest import intake
from fitintel.ingest.intake import Intake
from fitintel.ingest.options import Options
from fitintel.ingest.sources import typed_wellness
from fitintel.workbench.wellness_by_hand import add_wellness
from tests.conftest import _shared_data

TODAY = days.number(days.date(2026, 10, 8))
FITABASE = _shared_data() / "fitabase"
HEADERS = _shared_data() / "export-headers" / "headers.json"
ELITE = ("Member,Type,Position,Breathing Pattern,Date Time Start,Date Time End,Duration,Tags,Notes,HRV,"
         "Morning Readiness,Balance,HRV CV,HR,lnRmssd,Rmssd,Nn50,Pnn50,Sdnn,Low Frequency Power")  # fmt: skip
HRV4T = "date,HR,AVNN,SDNN,rMSSD,pNN50,LF,HF,HRV4T_Recovery_Points,sleep_time,sleep_quality,fatigue,trainingRPE"


def table(header: str, *rows: dict[str, str], delimiter: str = ",") -> bytes:
    names = next(csv.reader([header]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode()


def read(data: bytes, **options: Any) -> Intake:
    return intake.read(data, name="x.csv", athlete_id="ann", import_id="i-1", options=Options(**options), today=TODAY)


def values(taken: Intake) -> dict[str, float]:
    """metric -> value, of a file of one row."""
    found = {each.metric: each.value for each in taken.wellness}
    assert len(found) == len(taken.wellness)
    return found


def rules(taken: Intake) -> list[str]:
    return [finding.rule for finding in taken.findings]


@pytest.fixture(scope="module")
def whoop_header() -> str:
    if not HEADERS.is_file():
        pytest.skip(f"vendors' headers are not here: {HEADERS} (set FITINTEL_TEST_DATA)")
    return str(json.loads(HEADERS.read_text(encoding="utf-8"))["headers"]["WHOOP_CYCLES_EN"])


WHOOP = {"Cycle start time": "2026-03-01 23:10:00", "Cycle timezone": "UTC-07:00", "Recovery score %": "66",
         "Resting heart rate (bpm)": "52", "Heart rate variability (ms)": "61", "Blood oxygen %": "96.5",
         "Energy burned (cal)": "2200", "Sleep onset": "2026-03-01 23:20:00", "Wake onset": "2026-03-02 06:50:00",
         "Respiratory rate (rpm)": "14.2", "Asleep duration (min)": "430"}  # fmt: skip


def test_whoop_belongs_to_the_day_of_waking(whoop_header: str) -> None:
    taken = read(table(whoop_header, WHOOP))
    assert taken.source.name == "whoop_csv"
    assert {days.iso(each.day) for each in taken.wellness} == {"2026-03-02"}
    assert {each.utc_offset for each in taken.wellness} == {-25200.0}
    assert values(taken) == {
        "readiness": 66.0, "resting_hr": 52.0, "hrv_rmssd": 61.0, "spo2": 96.5, "energy": 2200 * 4184.0,
        "sleep_start": -2400.0, "sleep_end": 24600.0, "respiration": 14.2, "sleep_duration": 25800.0,
    }  # fmt: skip


def test_whoop_in_another_language_is_known_by_its_units_and_places(whoop_header: str) -> None:
    names = next(csv.reader([whoop_header]))
    units = [name[name.rfind(" (") :] if "(" in name else (" %" if "%" in name else "") for name in names]
    spanish = [f"columna {place}{unit}" for place, unit in enumerate(units)]
    taken = read(table(",".join(spanish), {spanish[names.index(name)]: cell for name, cell in WHOOP.items()}))
    assert values(taken)["hrv_rmssd"] == 61.0


def test_a_whoop_cycle_in_progress_is_passed_over_and_said(whoop_header: str) -> None:
    taken = read(table(whoop_header, WHOOP, {"Cycle start time": "2026-03-02 23:00:00", "Cycle timezone": "UTCZ"}))
    assert (taken.read, taken.blank, taken.kept_aside) == (2, 1, 0)
    assert rules(taken) == ["wellness_empty"]


def test_elite_hrv_keeps_its_score_apart_and_leaves_open_readings_out() -> None:
    morning = {"Member": "ann@x", "Type": "Morning Readiness", "Date Time Start": "2026-03-02 06:55:00", "HRV": "58",
               "HR": "51.2", "lnRmssd": "3.89", "Rmssd": "48.9", "Sdnn": "70.1", "Notes": "=1+1"}  # fmt: skip
    open_ = {**morning, "Type": "Open Reading", "Date Time Start": "2026-03-02 18:00:00", "HR": "92"}
    taken = read(table(ELITE, morning, open_))
    assert values(taken) == {"hrv_score": 58.0, "resting_hr": 51.2, "hrv_ln_rmssd": 3.89, "hrv_rmssd": 48.9,
                             "hrv_sdnn": 70.1}  # fmt: skip
    assert rules(taken) == ["kind_not_read"]
    assert all(each.at is not None for each in taken.wellness)


def test_two_readings_of_a_morning_are_both_kept_by_their_time() -> None:
    one = {"Type": "Readiness", "Date Time Start": "2026-03-02 06:55:00", "HRV": "58", "Rmssd": "48"}
    two = {**one, "Date Time Start": "2026-03-02 07:05:00", "Rmssd": "52"}
    assert len(read(table(ELITE, one, two)).wellness) == 4


def test_hrv4training_reads_what_has_a_known_scale() -> None:
    row = {"date": "2026-03-02", "HR": "50", "SDNN": "80", "rMSSD": "64.5", "HRV4T_Recovery_Points": "8.3",
           "sleep_time": "7.5", "sleep_quality": "80", "fatigue": "20", "trainingRPE": "-"}  # fmt: skip
    assert values(read(table(HRV4T, row))) == {"resting_hr": 50.0, "hrv_sdnn": 80.0, "hrv_rmssd": 64.5,
                                              "hrv_score": 8.3, "sleep_duration": 27000.0}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cell", "metric", "value"),
    [("resting hr", "52", "resting_hr", 52.0), ("Ruhepuls", "52", "resting_hr", 52.0),
     ("Poids (kg)", "70,5", "weight", 70.5),
     ("weight (lb)", "155", "weight", 155 * 0.45359237), ("sleep (h)", "7.5", "sleep_duration", 27000.0),
     ("Schlafdauer (min)", "450", "sleep_duration", 27000.0), ("sleep duration", "7:30", "sleep_duration", 27000.0),
     ("sleep", "7.5", "sleep_duration", 27000.0), ("rMSSD", "61", "hrv_rmssd", 61.0), ("SDNN", "61", "hrv_sdnn", 61.0),
     ("steps", "10200", "steps", 10200.0), ("hooper fatigue", "3", "fatigue", 3.0)],
)  # fmt: skip
def test_any_table_in_four_languages(header: str, cell: str, metric: str, value: float) -> None:
    taken = read(table(f"date;{header}".replace(";", ","), {"date": "2026-03-02", header: cell}, delimiter=";")
                 if "," in cell else table(f"date,{header}", {"date": "2026-03-02", header: cell}))  # fmt: skip
    assert taken.source.name == "wellness_csv"
    assert values(taken) == {metric: pytest.approx(value)}


def test_a_weight_without_a_unit_is_asked_about_where_it_can_be_either() -> None:
    data = table("date,weight", {"date": "2026-03-02", "weight": "90"})
    with pytest.raises(AmbiguousFile, match="--units"):
        read(data)
    assert values(read(data, units="metric")) == {"weight": 90.0}


def test_a_column_that_is_only_called_hrv_is_no_measure() -> None:
    with pytest.raises(UnknownFormat):
        read(table("date,HRV", {"date": "2026-03-02", "HRV": "60"}))


# Fitbit: several people, dates of a spreadsheet


def fitabase(name: str) -> bytes:
    path = FITABASE / name
    if not path.is_file():
        pytest.skip(f"the file is not here: {path} (set FITINTEL_TEST_DATA)")
    return path.read_bytes()


def test_33_people_are_never_one_athlete() -> None:
    with pytest.raises(AmbiguousFile, match="33 people") as caught:
        read(fitabase("dailySteps_merged.csv"))
    assert caught.value.rule == "several_people"
    assert "--person 1503960366" in str(caught.value)
    with pytest.raises(AmbiguousFile, match="no rows of '7'"):
        read(fitabase("dailySteps_merged.csv"), person="7")


def test_one_of_33_people_is_imported_and_the_others_are_counted() -> None:
    taken = read(fitabase("dailySteps_merged.csv"), person="1503960366")
    assert (taken.read, len(taken.wellness)) == (31, 30)
    first = taken.wellness[0]
    assert (days.iso(first.day), first.metric, first.value) == ("2016-04-12", "steps", 13162.0)
    assert {finding.detail for finding in taken.findings} == {"909 rows of 32 others", "1 rows"}


def test_mangled_dates_are_asked_about_and_then_agree_with_the_unmangled_table() -> None:
    with pytest.raises(AmbiguousFile, match="--date-order"):
        read(fitabase("dailyActivity_merged.csv"), person="1503960366")
    told = read(fitabase("dailyActivity_merged.csv"), person="1503960366", date_order="mdy")
    steps = {each.id: each.value for each in told.wellness if each.metric == "steps"}
    plain = read(fitabase("dailySteps_merged.csv"), person="1503960366")
    assert steps == {each.id: each.value for each in plain.wellness}


def test_a_table_of_intensities_is_refused_with_what_to_import_instead() -> None:
    with pytest.raises(UnknownFormat, match="dailyActivity"):
        read(fitabase("dailyIntensities_merged.csv"), person="1503960366")


# bounds and bad rows


@pytest.mark.parametrize(("metric", "cell"), [("weight (kg)", "0.5"), ("weight (kg)", "700"), ("sleep (h)", "30"),
                                              ("resting hr", "-5"), ("resting hr", "300"), ("rpe", "11"),
                                              ("rmssd", "0.2"), ("hooper stress", "2.5")])  # fmt: skip
def test_an_impossible_value_is_set_aside_by_rule_and_the_row_is_kept(metric: str, cell: str) -> None:
    taken = read(table(f"date,steps,{metric}", {"date": "2026-03-02", "steps": "900", metric: cell}))
    assert values(taken) == {"steps": 900.0}
    (finding,) = taken.findings
    assert (finding.rule, finding.value, finding.outcome) == ("wellness_impossible", cell, Outcome.WARNED)
    assert " to " in finding.detail


@pytest.mark.parametrize("cell", ["NaN", "1e309", "seven", "7; DROP TABLE workout;--", "１２", "1_0", "\x00"])
def test_a_cell_that_is_no_number_keeps_its_row_aside_if_nothing_else_is_there(cell: str) -> None:
    taken = read(table("date,resting hr", {"date": "2026-03-02", "resting hr": cell}))
    assert taken.wellness == ()
    assert taken.kept_aside == 1


@pytest.mark.parametrize(
    ("day", "rule"),
    [("2026-02-30", "date_unreadable"), ("", "date_missing"), ("2089-01-01", "date_in_future"),
     ("1899-12-31", "date_too_early")],
)  # fmt: skip
def test_a_row_without_a_usable_day_is_kept_aside(day: str, rule: str) -> None:
    taken = read(
        table("date,resting hr", {"date": day, "resting hr": "50"}, {"date": "2026-03-01", "resting hr": "51"})
    )
    assert rules(taken) == [rule]
    assert (taken.kept_aside, len(taken.wellness)) == (1, 1)


def test_the_same_row_twice_is_one_and_a_contradiction_is_kept_aside() -> None:
    row = {"date": "2026-03-02", "resting hr": "50"}
    twice = read(table("date,resting hr", row, row))
    assert (twice.repeated, len(twice.wellness), rules(twice)) == (1, 1, ["identical_row"])
    torn = read(table("date,resting hr", row, {**row, "resting hr": "55"}))
    assert (torn.kept_aside, torn.wellness) == (2, ())
    assert rules(torn) == ["conflicting_rows"] * 2


@given(st.sampled_from(sorted(METRICS)), st.floats(allow_nan=True, allow_infinity=True))
def test_no_value_outside_its_bounds_is_ever_good(name: str, value: float) -> None:
    metric = METRICS[name]
    good = math.isfinite(value) and metric.low <= value <= metric.high and (not metric.whole or value.is_integer())
    assert (breach(name, value) is None) is good


@given(st.lists(st.tuples(st.integers(0, 40), st.one_of(st.floats(), st.text(max_size=8))), max_size=12))
def test_every_row_of_any_table_ends_somewhere(cells: list[tuple[int, Any]]) -> None:
    rows = [{"date": days.iso(20000 + day), "resting hr": str(cell)} for day, cell in cells]
    taken = read(table("date,resting hr", *rows))
    good = {each.row for each in taken.wellness}
    assert taken.read == len(good) + taken.repeated + taken.kept_aside + taken.blank
    assert all(25 <= each.value <= 250 for each in taken.wellness)


# into the store


def test_a_second_import_adds_nothing_and_a_corrected_value_replaces_the_stored(desk: Any, said: Any) -> None:
    rows = [{"date": f"2025-03-0{day}", "resting hr": str(50 + day), "rmssd": "60"} for day in range(1, 6)]
    first = desk.take(table("date,resting hr,rmssd", *rows))
    assert (first.record.read, first.record.imported, first.values) == (5, 5, 10)
    again = desk.take(table("date,resting hr,rmssd", *rows))
    assert (again.record.duplicate, again.values) == (5, 0)
    more = desk.take(table("date,resting hr,rmssd", {**rows[0], "rmssd": "61"}, *rows[1:],
                           {"date": "2025-03-06", "rmssd": "70"}))  # fmt: skip
    assert (more.record.imported, more.record.warned, more.record.duplicate) == (1, 1, 4)
    assert said.problem(more, "wellness_corrected").detail == "hrv_rmssd stored 60, now 61"
    assert said.adds_up(first)
    assert said.adds_up(more)
    stored = desk.store.wellness("ann", metrics=["hrv_rmssd"])
    assert [each.value for each in stored] == [61.0, 60.0, 60.0, 60.0, 60.0, 70.0]


def test_a_refused_table_of_people_waits_in_quarantine_with_its_bytes(desk: Any, said: Any) -> None:
    data = b"Id,ActivityDay,StepTotal\n1,4/13/2016,900\n2,4/13/2016,901\n"
    report = desk.take(data)
    assert report.refused
    assert said.rules(report) == [(0, "", "several_people")]
    assert desk.blobs.get("raw", report.record.sha256) == data
    told = desk.take(data, person="2")
    assert (told.record.imported, told.values) == (1, 1)
    assert desk.store.problems(athlete_id="ann", outcome="quarantined") == ()


def test_typed_wellness_goes_through_the_checks_and_a_typed_value_replaces_a_typed_one(desk: Any, said: Any) -> None:
    def add(**fields: Any) -> Any:
        return add_wellness(desk.store, desk.blobs, "ann", date="2025-10-07", today=TODAY, **fields)

    assert add(hrv_rmssd="61", weight="155lb", sleep_start="23:10").values == 3
    assert add(hrv_rmssd="65").record.warned == 1
    assert add(hrv_rmssd="61").record.warned == 1, "corrected back: not a repetition of the first entry"
    assert add(hrv_rmssd="61").record.duplicate == 1, "a double click is one value"
    bad = add(fatigue="11")
    assert (bad.record.quarantined, bad.values) == (1, 0)
    assert {row[2] for row in said.rules(bad)} == {"wellness_impossible", "wellness_nothing"}
    assert {each.metric: each.value for each in desk.store.wellness("ann")} == {
        "hrv_rmssd": 61.0, "weight": pytest.approx(70.306817), "sleep_start": -3000.0,
    }  # fmt: skip


@pytest.mark.parametrize("fields", [{}, {"weight": "70"}, {"hrv": "60"}])
def test_typed_wellness_that_says_nothing_or_two_things_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        typed_wellness.to_bytes(fields)
