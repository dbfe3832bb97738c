"""intervals.icu: original files where it has them, samples where not, wellness, and what it may not give out."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from fitintel.core.errors import AccessLost, UsageError
from fitintel.workbench import accounts
from fitintel.workbench.importing import import_files
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import IntervalsCloud, iso


def activity(number: str, start: float, **more: object) -> dict[str, object]:
    return {
        "id": number, "name": f"Run {number}", "type": "Run", "start_date": iso(start),
        "start_date_local": iso(start + 7200).removesuffix("Z"), "moving_time": 60, "elapsed_time": 60,
        "distance": 180.0, "average_heartrate": 150, "max_heartrate": 150, "source": "GARMIN_CONNECT", **more,
    }  # fmt: skip


def streams(seconds: int = 61) -> list[dict[str, object]]:
    count = range(seconds)
    return [
        {"type": "time", "data": list(count)}, {"type": "heartrate", "data": [150] * seconds},
        {"type": "distance", "data": [3.0 * each for each in count]},
        {"type": "latlng", "data": [48.0 + each * 1e-5 for each in count], "data2": [11.0] * seconds},
        {"type": "torque", "data": [1] * seconds},
    ]  # fmt: skip


def gpx(start: float, points: int = 61) -> bytes:
    rows = "".join(
        f'<trkpt lat="{48 + each * 3e-5:.6f}" lon="11.0"><ele>100</ele><time>{iso(start + each)}</time></trkpt>'
        for each in range(points)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>running</type><trkseg>{rows}</trkseg></trk></gpx>"
    ).encode()


@pytest.fixture
def connected(desk: Desk, intervals: IntervalsCloud) -> Desk:
    desk.athlete()
    accounts.with_key(desk.office, "me", "intervals", intervals.key)
    return desk


def test_a_key_is_checked_before_it_is_kept(desk: Desk, intervals: IntervalsCloud) -> None:
    desk.athlete()
    with pytest.raises(AccessLost):
        accounts.with_key(desk.office, "me", "intervals", "wrongkey12345")
    with pytest.raises(UsageError):
        accounts.with_key(desk.office, "me", "intervals", "two words")
    assert desk.store.connections() == ()


def test_samples_come_in_where_there_is_no_file(connected: Desk, intervals: IntervalsCloud) -> None:
    intervals.activities["i1"], intervals.streams["i1"] = activity("i1", START), streams()
    report = connected.one()
    assert (report.imported, report.error) == (1, None)
    (row,) = connected.workouts().rows()
    assert (row["sport"], row["source"], row["source_id"]) == ("running", "intervals", "i1")
    assert row["day"] == int((START + 7200) // DAY)
    (kept,) = connected.store.recordings("me")
    assert set(kept.channels) == {"hr", "distance", "lat", "lon"}


@pytest.mark.parametrize("packed", [False, True])
def test_the_original_file_is_read_like_any_file_and_is_the_same_workout(
    connected, intervals, tmp_path, packed
) -> None:
    data = gpx(START)
    intervals.activities["i1"] = activity("i1", START, file_type="gpx")
    intervals.files["i1"] = gzip.compress(data) if packed else data
    assert connected.one().imported == 1
    before = connected.workouts()
    assert before["source"].tolist() == ["gpx"]
    own = tmp_path / "own.gpx"
    own.write_bytes(data)
    import_files(connected.store, connected.office.blobs, "me", [own])
    assert connected.workouts() == before


def test_a_file_that_cannot_be_had_is_made_up_for_by_samples(connected: Desk, intervals: IntervalsCloud) -> None:
    intervals.activities["i1"] = activity("i1", START, file_type="fit")
    intervals.streams["i1"] = streams()
    assert connected.one().imported == 1
    assert connected.workouts()["source"].tolist() == ["intervals"]


def test_what_came_from_strava_is_counted_and_not_fetched(connected: Desk, intervals: IntervalsCloud) -> None:
    intervals.activities["i1"] = {"id": "i1", "start_date_local": iso(START).removesuffix("Z"), "source": "STRAVA",
                                  "_note": "STRAVA activities are not available via the API"}  # fmt: skip
    report = connected.one()
    assert (report.withheld, report.imported, report.error) == (1, 0, None)
    assert "Strava" in report.withheld_why
    assert intervals.asked("/activity/i1") == []


def test_days_of_wellness_come_in_once_and_corrections_take_their_place(connected, intervals) -> None:
    intervals.days = {
        "2025-10-07": {"id": "2025-10-07", "restingHR": 48, "hrv": 61.5, "sleepSecs": 27_000, "weight": 70.2,
                       "fatigue": 2, "ctl": 55.1},
        "2025-10-08": {"id": "2025-10-08", "restingHR": 500, "ctl": 55.0},
        "2025-10-09": {"id": "2025-10-09", "ctl": 54.0},
    }  # fmt: skip
    assert connected.one().wellness == 2
    found = {value.metric: value.value for value in connected.store.wellness("me")}
    assert found == {"resting_hr": 48.0, "hrv_rmssd": 61.5, "sleep_duration": 27_000.0, "weight": 70.2}
    assert {problem.rule for problem in connected.store.problems(athlete_id="me")} == {"wellness_impossible"}
    intervals.days["2025-10-07"]["ctl"] = 60.0
    assert connected.one().wellness == 0, "its own running figures are no news"
    intervals.days["2025-10-07"]["restingHR"] = 50
    assert connected.one().wellness == 1
    assert [value.value for value in connected.store.wellness("me", metrics=["resting_hr"])] == [50.0]


def test_a_deleted_activity_is_hidden(connected: Desk, intervals: IntervalsCloud) -> None:
    intervals.activities["i1"], intervals.streams["i1"] = activity("i1", START), streams()
    connected.one()
    del intervals.activities["i1"]
    assert connected.one().deleted == 1
    assert "deleted_at_source" in connected.workouts()["flags"].tolist()[0]


def test_the_key_is_not_in_clear_in_the_database(connected: Desk, intervals: IntervalsCloud, tmp_path) -> None:
    connected.one()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert intervals.key.encode() not in kept


def test_every_year_is_listed(connected: Desk, intervals: IntervalsCloud) -> None:
    old = datetime(2004, 7, 1, tzinfo=UTC).timestamp()
    intervals.activities["i1"], intervals.streams["i1"] = activity("i1", old), streams()
    intervals.activities["i2"], intervals.streams["i2"] = activity("i2", START), streams()
    assert connected.one().imported == 2
