"""Recorded files become workouts with samples, once."""

from __future__ import annotations

import gzip
import os
import re
import signal
from pathlib import Path

import numpy as np
import pytest

from fitintel.core.records import Outcome, ProblemStatus
from fitintel.core.rules import RULES
from fitintel.ingest import archive
from fitintel.ingest.source import RECORDERS, recorder
from fitintel.storage import streams
from fitintel.workbench import parsing
from fitintel.workbench.importing import import_files, retry_quarantined
from tests.ingest.fit.encoder import (
    ACTIVITY,
    EVENT,
    RECORD,
    SESSION,
    START,
    chained,
    file_id,
    fit,
    flipped,
    record,
    ride,
    session,
)
from tests.ingest.recordings.conftest import gpx

DAY = 86_400


def rows(desk) -> list[dict]:
    return list(desk.workouts().rows())


def taken(report) -> int:
    return report.record.imported + report.record.warned


def samples(desk, one, channels=None):
    with desk.blobs.open(streams.KIND, one.stream) as file:
        return streams.decode(file, channels)


def test_a_ride_is_a_workout_with_samples_laps_and_figures(desk):
    report = desk.take(ride(600), "ride.fit")
    assert (report.record.read, report.record.imported, report.record.source) == (1, 1, "fit")
    (row,) = rows(desk)
    assert (row["sport"], row["duration"], row["utc_offset"]) == ("cycling", 600.0, 7200.0)
    assert row["distance"] == pytest.approx(4200.0)
    (kept,) = desk.store.recordings("ann")
    assert (kept.workout_id, kept.import_id, kept.sha256) == (row["id"], report.record.id, report.record.sha256)
    assert (kept.samples, len(kept.laps), kept.kind) == (600, 2, "fit")
    found = samples(desk, kept)
    assert list(found) == ["time", *kept.channels]
    assert len(found["time"]) == 600
    seconds = np.arange(600)
    assert np.array_equal(found["hr"], 120.0 + seconds % 50)
    # bit for bit what the reader gives
    (read,) = recorder("fit").read(ride(600), salvage=False).recordings
    assert all(np.array_equal(found[name], values, equal_nan=True) for name, values in read.stream.items())


def test_samples_are_read_channel_by_channel(desk):
    desk.take(ride(60), "ride.fit")
    (kept,) = desk.store.recordings("ann")
    assert list(samples(desk, kept, ["power"])) == ["power"]
    from fitintel.core.errors import UnknownName

    with pytest.raises(UnknownName):
        samples(desk, kept, ["pulse"])


def test_legs_are_linked_to_one_workout(desk):
    body = [file_id(), EVENT.head(), EVENT.row(START, 0, 0), RECORD.head()]
    body += [record(second) for second in range(120)]
    body += [SESSION.head(), session(START, 60, sport=5, distance=4200), session(START + 60, 60, sport=1, trigger=2)]
    body += [ACTIVITY.head(), ACTIVITY.row(START + 120, START + 120, 2, 1)]
    report = desk.take(fit(b"".join(body)), "duathlon.fit")
    assert report.record.read == 1
    (kept,) = desk.store.recordings("ann")
    assert [leg.sport for leg in kept.legs] == ["swimming", "running"]
    assert rows(desk)[0]["sport"] == "multisport"
    assert [leg.figures["elapsed"] for leg in kept.legs] == [59.0, 59.0]


def test_two_activities_in_one_file_are_two_workouts_or_none(desk):
    two = chained([ride(30), ride(30, start=START + DAY)])
    report = desk.take(two, "two.fit")
    assert (report.record.read, taken(report)) == (2, 2)
    assert {row["row"] for row in rows(desk)} == {1.0, 2.0}
    third = chained([ride(30, start=START + 2 * DAY), ride(30, start=START + 3 * DAY)[:-40]])
    assert desk.take(third, "cut.fit").refused
    assert len(rows(desk)) == 2


def test_a_second_import_adds_nothing(desk):
    first = desk.take(ride(60), "ride.fit")
    facts = desk.facts()
    again = desk.take(ride(60), "copy.fit")
    assert again.already is not None
    assert (again.already.id, again.record.duplicate) == (first.record.id, 1)
    assert desk.facts() == facts
    assert len(desk.store.recordings("ann")) == 1


def test_an_edited_sport_is_the_same_workout(desk):
    plain = gpx()
    desk.take(plain, "run.gpx")
    report = desk.take(plain.replace(b"running", b"hiking"), "run.gpx")
    assert [row["sport"] for row in rows(desk)] == ["hiking"]
    assert "changed_at_source" in report.by_rule()
    assert len(desk.store.recordings("ann")) == 1


def test_another_name_for_the_content_is_believed_to_be_wrong_and_said(desk):
    for name, data, kind in (("run.tcx", gpx(), "gpx"), ("ride.csv", ride(60), "fit")):
        report = desk.take(data, name)
        assert report.record.source == kind
        assert report.outcome is Outcome.WARNED
        (said,) = [problem for problem in report.problems if problem.rule == "extension_mismatch"]
        assert kind in said.detail
        assert name.rpartition(".")[2].replace("csv", "table") in said.detail
    table = desk.take("date,distance (km)\n2024-03-01,5\n", "table.fit")
    assert "extension_mismatch" in table.by_rule()
    assert table.record.imported == 1


def test_a_name_that_promises_nothing_is_no_contradiction(desk):
    for name in ("ride", "ride.bin", "RIDE.FIT", "a.b.fit.gz"):
        data = gzip.compress(ride(60)) if name.endswith("gz") else ride(60)
        assert "extension_mismatch" not in desk.take(data, name).by_rule()


def test_a_damaged_file_waits_and_is_kept_with_a_warning_when_asked(desk):
    bad = flipped(ride(60), 300, 1)
    report = desk.take(bad, "bad.fit")
    assert report.error is not None
    assert report.error.rule == "fit_crc_wrong"
    assert "bad.fit" in str(report.error)
    assert rows(desk) == []
    (retried,) = retry_quarantined(desk.store, desk.blobs, "ann", salvage=True)
    assert retried.record.retry_of == report.record.id
    assert [row["flags"].split() for row in rows(desk)] == [["salvaged"]]
    assert not desk.store.problems(athlete_id="ann", outcome=Outcome.QUARANTINED.value)
    resolved = desk.store.problems(athlete_id="ann", status=ProblemStatus.RESOLVED)
    assert [problem.rule for problem in resolved] == ["fit_crc_wrong"]


def test_a_retry_that_changes_nothing_leaves_no_ledger_row(desk):
    desk.take(ride(60)[:-50], "bad.fit")
    before = desk.store.imports("ann")
    (report,) = retry_quarantined(desk.store, desk.blobs, "ann")
    assert report.refused
    assert desk.store.imports("ann") == before


def test_a_refused_file_is_not_read_again_by_the_same_readers(desk, monkeypatch: pytest.MonkeyPatch):
    desk.take(ride(60)[:-50], "bad.fit")
    monkeypatch.setattr(parsing, "job", lambda *_, **__: pytest.fail("it was read again"))
    again = desk.take(ride(60)[:-50], "bad.fit")
    assert again.refused
    assert "fit_truncated" in again.by_rule()
    assert len(desk.store.problems(athlete_id="ann")) == 1


def test_a_device_that_lies_is_flagged_and_its_samples_are_believed(desk):
    body = [file_id(), EVENT.head(), EVENT.row(START, 0, 0), RECORD.head()]
    body += [record(second) for second in range(600)]
    body += [SESSION.head(), session(START, 600, distance=10_000_000)]  # 100 km, where the samples say 4.2
    report = desk.take(fit(b"".join(body)), "ride.fit")
    (row,) = rows(desk)
    assert "device_summary_wrong" in row["flags"].split()
    assert row["distance"] == pytest.approx(4193.0)
    (said,) = [problem for problem in report.problems if problem.rule == "device_summary_wrong"]
    assert "100000 m" in said.detail.replace("1e+05", "100000")
    assert "4193 m" in said.detail


def test_a_clock_that_was_never_set_waits_for_a_person(desk):
    body = [file_id(), RECORD.head()] + [record(second, start=1000) for second in range(60)]
    report = desk.take(fit(b"".join(body)), "ride.fit")
    assert (report.record.read, report.record.quarantined) == (1, 1)
    assert "fit_no_clock" in report.by_rule()
    assert rows(desk) == []


def test_a_stated_zone_makes_the_local_day(desk):
    desk.take(gpx("2024-03-01", 23, lon=0.0), "run.gpx", zone="Asia/Tokyo")
    (row,) = rows(desk)
    assert (row["day"], row["utc_offset"]) == (19_784, 32_400.0)  # 2 March


def test_a_reader_that_crashes_sets_its_file_aside_and_the_rest_goes_on(desk, monkeypatch: pytest.MonkeyPatch):
    def faulty(told: bytes) -> bytes:
        if b"crash.fit" in told[:4000]:
            os.kill(os.getpid(), signal.SIGSEGV)
        return parsing_read(told)

    parsing_read = parsing.read
    monkeypatch.setattr(parsing, "read", faulty)
    paths = [desk.file(ride(30, start=START + n * DAY), f"{'crash' if n == 1 else n}.fit") for n in range(4)]
    reports = import_files(desk.store, desk.blobs, "ann", paths)
    assert [taken(report) for report in reports] == [1, 0, 1, 1]
    assert "parser_crashed" in reports[1].by_rule()
    monkeypatch.setattr(parsing, "read", parsing_read)
    (mended,) = retry_quarantined(desk.store, desk.blobs, "ann")
    assert taken(mended) == 1


def test_one_corrupt_file_among_a_thousand(desk):
    paths = []
    for number in range(1000):
        data = ride(8, start=START + number * 3600)
        paths.append(desk.file(data[:-30] if number == 499 else data, f"{number:04}.fit"))
    reports = import_files(desk.store, desk.blobs, "ann", paths)
    assert sum(map(taken, reports)) == 999
    (bad,) = [report for report in reports if report.refused]
    assert bad.record.file_name == "0499.fit"
    assert "fit_truncated" in bad.by_rule()
    assert [report.record.file_name for report in reports] == [path.name for path in paths]
    assert len(rows(desk)) == 999
    paths[499].write_bytes(ride(8, start=START + 499 * 3600))
    again = import_files(desk.store, desk.blobs, "ann", paths)
    assert sum(map(taken, again)) == 1
    assert len(rows(desk)) == 1000


def test_files_kept_together_are_compared_with_each_other(desk):
    first = gpx("2024-03-01")
    paths = [desk.file(first, "a.gpx"), desk.file(first.replace(b"running", b"hiking"), "b.gpx"),
             desk.file(first.replace(b"<ele>100", b"<ele>101"), "c.gpx"), desk.file(first, "d.gpx"),
             desk.file(gpx("2024-03-02", points=95, lon=11.0), "e.gpx")]  # fmt: skip
    reports = import_files(desk.store, desk.blobs, "ann", paths)
    assert len(rows(desk)) == len(desk.store.recordings("ann")) == 2
    assert [row["sport"] for row in rows(desk)] == ["running", "running"]  # as the third file has it
    assert "changed_at_source" in reports[1].by_rule()
    assert [taken(report) for report in reports] == [1, 1, 1, 0, 1]
    alone = [import_files(desk.store, desk.blobs, "bob", [path])[0] for path in paths]
    assert [taken(report) for report in alone] == [taken(report) for report in reports]
    ours = [{**row, "id": ""} for row in desk.facts()]
    assert ours == [{**row, "id": ""} for row in desk.facts("bob")]


def test_a_dry_run_of_a_recorded_file_changes_nothing(desk):
    report = desk.take(ride(60), "ride.fit", dry_run=True)
    assert (report.record.imported, report.dry_run) == (1, True)
    assert desk.store.imports("ann") == ()
    assert rows(desk) == []
    assert not (desk.folder.parent / "files").exists()


def test_every_remark_and_error_of_the_readers_is_a_rule():
    import fitintel.ingest as package

    folder = Path(package.__path__[0])
    source = "".join(path.read_text() for part in ("fit", "xml") for path in sorted((folder / part).glob("*.py")))
    named = set(re.findall(r'"((?:fit|xml|gpx|tcx|cadence|archive|file)_[a-z0-9_]+)"', source))
    named |= set(re.findall(r'rule="([a-z_]+)"', source + Path(archive.__file__).read_text()))
    named -= {"fit_file"}
    assert len(named) > 60
    assert {name for name in named if name not in RULES} == set()
    assert all(recorder(name).name == name for name in RECORDERS)
