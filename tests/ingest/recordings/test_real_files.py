"""The real files: where each ends, known figures, and that a second run adds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.records import Athlete
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.recorded import read
from fitintel.ingest.report import ImportReport
from fitintel.storage import open_blobs, open_store, streams
from fitintel.workbench.importing import import_files

NOT_WORKOUTS = "file_not_workout"
REFUSED: dict[str, dict[str, str]] = {
    "fitparse-tests": {
        "DeveloperData.fit": "recording_empty", "MonitoringFile.fit": NOT_WORKOUTS, "Settings.fit": NOT_WORKOUTS,
        "Settings2.fit": NOT_WORKOUTS, "nametest.FIT": NOT_WORKOUTS, "WeightScaleMultiUser.fit": NOT_WORKOUTS,
        "WeightScaleSingleUser.fit": NOT_WORKOUTS, "WorkoutCustomTargetValues.fit": NOT_WORKOUTS,
        "WorkoutIndividualSteps.fit": NOT_WORKOUTS, "WorkoutRepeatGreaterThanStep.fit": NOT_WORKOUTS,
        "WorkoutRepeatSteps.fit": NOT_WORKOUTS, "activity-activity-filecrc.fit": "fit_crc_wrong",
        "activity-filecrc.fit": "fit_crc_wrong", "activity-settings-nodata.fit": "fit_truncated",
        "activity-unexpected-eof.fit": "fit_truncated", "nick.fit": "fit_crc_wrong",
        "strava-android-app-201.10-b1218918.fit": "fit_truncated",
    },
    "fitdecode-tests": {
        "activity-activity-filecrc.fit": "fit_crc_wrong", "activity-filecrc.fit": "fit_crc_wrong",
        "activity-settings-nodata.fit": "fit_truncated", "activity-unexpected-eof.fit": "fit_truncated",
    },
    "fittrackee": {"example.fit": NOT_WORKOUTS},
    "gpxpy-tests": dict.fromkeys(
        ("Mojstrovka.gpx", "custom_schema_locations.gpx", "default_schema_locations.gpx", "gpx1.1_with_extensions.gpx",
         "gpx1.1_with_extensions_without_namespaces.gpx", "gpx_with_garmin_extension.gpx", "route.gpx",
         "track-with-extremes.gpx", "track-with-small-floats.gpx", "track_with_dilution_errors.gpx", "unicode.gpx",
         "unicode2.gpx", "unicode_with_bom.gpx", "unicode_with_bom_noencoding.gpx"), NOT_WORKOUTS),
}  # fmt: skip
"""folder -> recorded files that hold no usable workout -> rule; every other recorded file is a workout"""
WAITING = {"antfs-dump.63.fit", "compressed-speed-distance.fit"}
"""their devices' clocks were never set"""
SALVAGED = {"xml_syntax", "xml_truncated", "xml_damaged"}


@pytest.fixture(scope="session")
def taken(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[object, object, list, list]]:
    """(store, blobs, reports of the first import of the whole folder, reports of the second)."""
    place = tmp_path_factory.mktemp("all")
    store, blobs = open_store(f"sqlite:///{place / 'store.db'}"), open_blobs(f"file://{place / 'files'}")
    store.put_athlete(Athlete(id="ann", name="Ann"))
    first = list(import_files(store, blobs, "ann", [shared]))
    before = facts(store)
    second = list(import_files(store, blobs, "ann", [shared]))
    assert facts(store) == before
    yield store, blobs, first, second
    store.close()


def facts(store) -> list[dict]:
    names = [name for name in COLUMNS if name not in ("import_id", "row")]
    return list(store.workouts("ann", columns=names, twins=True).rows())


def named(reports: list[ImportReport]) -> dict[str, ImportReport]:
    return {report.record.file_name.partition("/")[2]: report for report in reports}


def test_every_file_ends_in_the_ledger_once(taken, shared: Path):
    store, _, first, _ = taken
    files = {str(path.relative_to(shared)) for path in shared.rglob("*") if path.is_file()}
    rows = [record.file_name.partition("/")[2] for record in store.imports("ann")][: len(first)]
    assert files <= set(rows)
    assert len(rows) == len(set(rows))
    assert {name.partition("!")[0] for name in rows} == files


def test_nothing_ended_in_a_fault_of_ours(taken):
    _, _, first, _ = taken
    rules = {rule for report in first for rule in report.by_rule()}
    assert not rules & {"parser_crashed", "parser_timeout"}


@pytest.mark.parametrize("folder", ["fitparse-tests", "fitdecode-tests", "fittrackee", "gpxpy-tests", "runpandas",
                                    "sweatpy", "tcxreader-tests", "rowingdata"])  # fmt: skip
def test_each_recorded_file_ends_as_its_content_implies(taken, folder: str):
    _, _, first, _ = taken
    expected = REFUSED.get(folder, {})
    found = {}
    for name, report in named(first).items():
        if name.startswith(folder + "/") and name.lower().endswith((".fit", ".gpx", ".tcx")) and "!" not in name:
            file = name.rsplit("/", 1)[1]
            record = report.record
            assert record.read == record.imported + record.warned + record.duplicate + record.quarantined
            if report.refused:
                found[file] = report.error.rule
            elif file in WAITING:
                assert record.quarantined == record.read
            else:
                assert record.read >= 1, name
                assert record.quarantined == 0, name
    if folder == "rowingdata":
        assert set(found) == {"faketcx.tcx"} | {file for file, rule in found.items() if rule in SALVAGED}
    else:
        found = {file: rule for file, rule in found.items() if rule not in SALVAGED}
        assert found == expected


def test_files_of_no_known_kind_are_refused_and_kept(taken):
    _, blobs, first, _ = taken
    for name, report in named(first).items():
        if name.lower().endswith((".png", ".jpg", ".md", ".kml", ".html")):
            assert report.refused, name
            assert len(blobs.get("raw", report.record.sha256)) == report.record.size


def test_json_files_are_runs_or_say_why_not(taken):
    _, blobs, first, _ = taken
    refused = {}
    for name, report in named(first).items():
        if name.lower().endswith(".json"):
            assert len(blobs.get("raw", report.record.sha256)) == report.record.size
            if report.refused:
                refused[name.rsplit("/", 1)[1]] = report.error.rule
            else:
                assert report.record.read == 1 or report.already is not None, name
    assert refused == {
        "headers.json": "file_unknown", "streams.json": "samples_without_date", "malformed_lat.json": "json_unexpected",
        "malformed_metrics.json": "json_unexpected",
    }  # fmt: skip


def test_the_edge_cases_of_archives(taken):
    _, _, first, _ = taken
    found = named(first)
    members = {name for name in found if name.startswith("fittrackee/") and "!" in name}
    assert "fittrackee/gpx_test.zip" in found
    assert sum(bool(found[name].record.read) for name in members) >= 5
    for name in ("fittrackee/gpx_test_no_gpx.zip", "fittrackee/gpx_test_all_incorrect.zip"):
        inside = [found[each] for each in members if each.startswith(name + "!")]
        assert inside
        assert all(report.refused for report in inside)


def test_a_second_run_adds_nothing_and_says_so(taken):
    _, _, _, second = taken
    assert sum(report.totals.workouts for report in second) == 0
    assert all(report.record.imported + report.record.warned == 0 for report in second)


def test_every_recording_has_its_samples_as_its_row_says(taken):
    store, blobs, _, _ = taken
    kept = store.recordings("ann")
    assert len(kept) > 120
    ids = set(store.workouts("ann", columns=["id"], twins=True)["id"].tolist())
    for one in kept:
        assert one.workout_id in ids
        if one.stream is None:
            assert one.samples == 0
            continue
        with blobs.open(streams.KIND, one.stream) as file:
            found = streams.decode(file)
        assert tuple(found) == ("time", *one.channels)
        assert {len(values) for values in found.values()} == {one.samples}
        assert (found["time"][1:] > found["time"][:-1]).all()


def figures_of(shared: Path, name: str, **options):
    data = (shared / name).read_bytes()
    found = read(data, name=os.path.basename(name), athlete_id="a", import_id="i", **options)
    return list(found.intake.workouts.rows()), found.recordings


def test_a_year_of_one_runner_adds_up(shared: Path):
    # SOURCE.md: 68 runs, 492.3 km, 73.3 h, 48,794 points
    rows, samples, way = [], 0, 0.0
    for path in sorted((shared / "runpandas" / "session").glob("*.gpx")):
        found, kept = figures_of(shared, str(path.relative_to(shared)))
        rows += found
        samples += sum(one.samples for one in kept)
        before = [repair.effect["distance"][0] for one in kept for repair in one.repairs if "distance" in repair.effect]
        way += before[0] if before else found[0]["distance"]
    assert len(rows) == 68
    assert way / 1000 == pytest.approx(492.3, rel=0.002)  # as recorded, before positions that cannot be were repaired
    assert sum(row["distance"] for row in rows) < way
    assert sum(row["duration"] for row in rows) / 3600 == pytest.approx(73.3, rel=0.01)
    assert samples == pytest.approx(48_794, rel=0.001)


@pytest.mark.parametrize(
    ("name", "duration", "distance", "hr_mean", "laps", "pauses"),
    [
        ("tcxreader-tests/cross-country-skiing_activity_1.tcx", 2401.3, 5692.0, 141, 2, 0),
        ("tcxreader-tests/mapmyride_biking.tcx", 3111.0, 15_350.4, None, 1, 0),
        ("fitparse-tests/garmin-edge-500-activity.fit", 10_641.1, 92_622.3, 162, 9, 46),
        ("fitparse-tests/2019-02-17-062644-ELEMNT-297E-195-0.fit", 13_471.0, 78_940.6, 124, 1, 55),
        ("sweatpy/4078723797.fit", 8355.6, 57_567.2, 165, 1, 0),
        ("sweatpy/2020-06-01-16-52-40.fit", 93.7, 668.2, 150, 5, 1),
        ("fitparse-tests/compressed-speed-distance.fit", None, None, None, None, None),
    ],
)
def test_known_figures(shared: Path, name: str, duration, distance, hr_mean, laps, pauses):
    rows, kept = figures_of(shared, name)
    if duration is None:
        assert rows == []
        return
    (row,), (one,) = rows, kept
    assert row["duration"] == pytest.approx(duration, abs=0.1)
    assert row["distance"] == pytest.approx(distance, abs=0.1)
    if hr_mean is None:
        assert row["hr_mean"] is None
    else:
        assert row["hr_mean"] == pytest.approx(hr_mean, abs=1.5)
    assert (sum(lap.kind == "lap" for lap in one.laps), len(one.pauses)) == (laps, pauses)


def test_seven_legs_of_a_multisport_file_are_one_workout(shared: Path):
    (row,), (one,) = figures_of(shared, "fitparse-tests/activity-large-fenxi2-multisport.fit")
    assert row["sport"] == "multisport"
    assert len(one.legs) == 7
    assert row["duration"] == pytest.approx(sum(leg.device["duration"] for leg in one.legs), rel=0.001)


def test_a_threshold_left_at_200_watts_is_flagged(shared: Path):
    (row,), (one,) = figures_of(shared, "sweatpy/4078723797.fit")
    assert one.device["stress_score"] == pytest.approx(413.7, abs=0.1)
    assert "device_summary_wrong" in row["flags"].split()


def test_the_lengths_of_a_pool_swim_are_kept_and_make_its_distance(shared: Path):
    (row,), (one,) = figures_of(shared, "fitparse-tests/event_timestamp.fit")
    assert sum(lap.kind == "length" for lap in one.laps) > 50
    assert row["distance"] == pytest.approx(2606.0, abs=0.1)


def test_the_same_ride_in_three_formats_has_the_same_figures(shared: Path):
    found = [figures_of(shared, f"sweatpy/{name}")[0][0] for name in
             ("2020-06-01-16-52-40.fit", "activity_5039744860.tcx", "activity_5039744860.gpx")]  # fmt: skip
    for row in found[1:]:
        assert row["start"] == pytest.approx(found[0]["start"], abs=2)
        assert row["hr_mean"] == pytest.approx(found[0]["hr_mean"], abs=2)
        assert row["sport"] == "cycling"
    # the wheel's distance; GPX knows positions only
    assert found[1]["distance"] == pytest.approx(found[0]["distance"], abs=0.1)


def test_the_samples_of_honest_devices_agree_with_their_own_summary(shared: Path):
    compared = 0
    for path in sorted(shared.rglob("*.fit")):
        try:
            rows, kept = figures_of(shared, str(path.relative_to(shared)))
        except ValueError:
            continue
        for row, one in zip(rows, kept, strict=True):
            if "device_summary_wrong" in row["flags"].split() or len(one.legs) > 1 or one.samples < 300:
                continue
            if row["sport"] == "swimming":  # one sample a length, and a heart rate of its own at each beat
                continue
            if one.device.get("hr_mean") and one.figures.get("hr_mean"):
                compared += 1
                assert one.figures["hr_mean"] == pytest.approx(one.device["hr_mean"], abs=2.5), path.name
    assert compared >= 8
