"""Readings and workouts of an Apple Health export."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.ingest.apple import read_health
from fitintel.ingest.apple.daily import steps
from fitintel.ingest.apple.gathered import Intervals
from fitintel.ingest.apple.split import split
from fitintel.ingest.figures import figures
from fitintel.ingest.sources.apple_health import SOURCE
from tests.conftest import _shared_data
from tests.ingest.apple.exported import INNER, START, WORKOUT, beats, export, found, gpx, read, record

FIXTURE = _shared_data() / "healthkit-fixture"


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
