"""Archives and packed files: every member ends somewhere, a bad one never blocks the rest, limits hold in reading."""

from __future__ import annotations

import gzip
import io
import os
import random
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import UnreadableFile
from fitintel.core.records import Outcome
from fitintel.ingest import archive
from fitintel.ingest.packed import gunzipped
from fitintel.workbench.importing import import_files
from tests.ingest.fit.encoder import ride
from tests.ingest.recordings.conftest import gpx

FIT = ride(60)
RUN = gpx()


def zipped(members: dict[str, bytes] | list[tuple[Any, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members.items() if isinstance(members, dict) else members:
            made.writestr(name, data)
    return out.getvalue()


def take(desk, data: bytes, name: str = "export.zip", **options):
    reports = import_files(desk.store, desk.blobs, "ann", [desk.file(data, name)], **options)
    return {report.record.file_name: report for report in reports}


def rule_of(report) -> str:
    assert report.error is not None
    return report.error.rule


def test_members_are_taken_in_and_each_has_its_ledger_row_before_the_archive(desk):
    table = b"date,distance (km)\n2024-03-01,5\n"
    reports = take(desk, zipped({"a/ride.fit": FIT, "b/run.gpx": RUN, "table.csv": table}))
    assert list(reports) == ["export.zip!a/ride.fit", "export.zip!b/run.gpx", "export.zip!table.csv", "export.zip"]
    assert [report.record.source for report in reports.values()] == ["fit", "gpx", "table_csv", "zip"]
    assert len(desk.workouts()) == 3
    assert [record.file_name for record in desk.store.imports("ann")] == list(reports)
    assert desk.blobs.get("raw", reports["export.zip!a/ride.fit"].record.sha256) == FIT


def test_a_second_import_adds_nothing_and_unpacks_nothing(desk, monkeypatch: pytest.MonkeyPatch):
    data = zipped({"ride.fit": FIT, "run.gpx": RUN})
    take(desk, data)

    def unpacked(*_: object) -> bytes:
        raise AssertionError("a member was unpacked")

    monkeypatch.setattr(archive, "_unpacked", unpacked)
    (again,) = take(desk, data).values()
    assert again.already is not None
    assert len(desk.workouts()) == 2


def test_a_bad_member_does_not_block_the_rest(desk):
    reports = take(desk, zipped({"bad.fit": FIT[:-100], "note.txt": b"hello", "empty.gpx": b"", "good.fit": FIT}))
    assert reports["export.zip!good.fit"].record.imported == 1
    refused = {name.split("!")[1]: rule_of(report) for name, report in reports.items() if report.refused}
    assert refused.keys() == {"bad.fit", "note.txt", "empty.gpx"}
    assert refused["bad.fit"] == "fit_truncated"


@pytest.mark.parametrize("name", ["../../evil.fit", "/abs.fit", "C:\\x.fit", "ok\\..\\..\\w.fit"])
def test_a_name_that_leads_out_is_refused_and_others_are_taken(desk, name: str):
    reports = take(desk, zipped({name: FIT, "good.gpx": RUN}))
    bad = [report for report in reports.values() if report.refused]
    assert [rule_of(report) for report in bad] == ["archive_unsafe"]
    assert reports["export.zip!good.gpx"].record.imported == 1
    assert {path.name for path in desk.folder.iterdir()} == {"export.zip"}


def test_a_link_is_refused(desk):
    link = zipfile.ZipInfo("link.fit")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    reports = take(desk, zipped([(link, b"/etc/passwd"), ("good.fit", FIT)]))
    assert rule_of(reports["export.zip!link.fit"]) == "archive_unsafe"
    assert reports["export.zip!good.fit"].record.imported == 1


def test_an_encrypted_member_is_refused(desk):
    data = bytearray(zipped({"secret.fit": FIT, "good.gpx": RUN}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag, in both of its places
        at = data.index(mark) + place
        data[at] |= 1
    reports = take(desk, bytes(data))
    assert rule_of(reports["export.zip!secret.fit"]) == "archive_encrypted"
    assert reports["export.zip!good.gpx"].record.imported == 1


def test_a_member_that_unpacks_to_too_much_is_stopped_while_reading(desk):
    reports = take(desk, zipped({"bomb.gpx": bytes(30_000_000), "good.fit": FIT}))
    assert rule_of(reports["export.zip!bomb.gpx"]) == "archive_limit"
    assert reports["export.zip!good.fit"].record.imported == 1


def test_sizes_that_lie_are_noticed(desk):
    data = bytearray(zipped({"liar.fit": FIT}, zipfile.ZIP_STORED))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    assert rule_of(take(desk, bytes(data))["export.zip!liar.fit"]) in ("archive_checksum", "fit_truncated")


def test_entries_that_share_bytes_are_refused(desk):
    data = bytearray(zipped({"a.gpx": RUN, "b.gpx": gpx("2024-03-02")}))
    entries = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    data[entries[1] + 42 : entries[1] + 46] = data[entries[0] + 42 : entries[0] + 46]
    reports = take(desk, bytes(data))
    assert {rule_of(report) for name, report in reports.items() if "!" in name} == {"archive_unsafe"}


def test_one_archive_within_another_is_read_and_no_deeper(desk):
    inner = zipped({"run.gpx": RUN, "deep.zip": zipped({"ride.fit": FIT})})
    reports = take(desk, zipped({"part.zip": inner}))
    assert reports["export.zip!part.zip!run.gpx"].record.imported == 1
    assert rule_of(reports["export.zip!part.zip!deep.zip"]) == "archive_limit"


def test_two_members_of_one_name_are_both_taken(desk):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("run.gpx", RUN), ("run.gpx", gpx("2024-03-02"))])
    assert sum(report.record.imported for report in import_files(
        desk.store, desk.blobs, "ann", [desk.file(data, "export.zip")])) == 2  # fmt: skip


def test_leftovers_of_systems_are_skipped_and_counted(desk):
    reports = take(desk, zipped({"__MACOSX/._run.gpx": b"x", ".DS_Store": b"x", "a/Thumbs.db": b"x", "run.gpx": RUN}))
    assert list(reports) == ["export.zip!run.gpx", "export.zip"]
    (said,) = reports["export.zip"].problems
    assert (said.rule, said.value, said.outcome) == ("archive_skipped", "3", Outcome.IMPORTED)


def test_of_a_strava_export_the_workouts_are_read_and_the_table_last(desk):
    table = b"Activity ID,Activity Date\n1,x\n"
    reports = take(desk, zipped({"activities.csv": table, "media/photo.jpg": b"\xff\xd8\xff", "profile.csv": b"a,b",
                                 "activities/1.fit.gz": gzip.compress(FIT)}))  # fmt: skip
    assert list(reports)[:2] == ["export.zip!activities/1.fit.gz", "export.zip!activities.csv"]
    assert reports["export.zip"].problems[0].value == "2"


@pytest.mark.parametrize("cut", [22, 60, 2000])
def test_a_cut_archive_is_kept_and_named(desk, cut: int):
    data = zipped({"run.gpx": RUN, "ride.fit": FIT}, zipfile.ZIP_STORED)[:-cut]
    (report,) = take(desk, data).values()
    assert rule_of(report) == "archive_truncated"
    assert desk.blobs.get("raw", report.record.sha256) == data


def test_too_many_members_are_refused_before_any_is_read(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    (report,) = take(desk, zipped({f"{n}.gpx": RUN for n in range(4)})).values()
    assert rule_of(report) == "archive_limit"


def test_members_beyond_the_total_are_refused(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", len(RUN) - 1)
    reports = take(desk, zipped({"a.gpx": RUN, "b.gpx": gpx("2024-03-02")}))
    assert reports["export.zip!a.gpx"].record.imported == 1
    assert rule_of(reports["export.zip!b.gpx"]) == "archive_limit"


def test_a_zip_that_does_not_begin_as_one_is_no_archive(desk):
    (report,) = take(desk, b"%PDF-1.7" + zipped({"run.gpx": RUN}), "paper.zip").values()
    assert rule_of(report) == "file_binary"


def test_a_packed_file_is_the_workout_that_it_holds(desk):
    (plain,) = take(desk, FIT, "ride.fit").values()
    (packed,) = take(desk, gzip.compress(FIT), "ride.fit.gz").values()
    assert (packed.record.read, packed.record.duplicate) == (1, 1)
    assert packed.record.sha256 != plain.record.sha256
    assert len(desk.workouts()) == 1


def test_gzip_files_one_after_the_other_are_one():
    assert gunzipped(gzip.compress(FIT[:50]) + gzip.compress(FIT[50:]), "x") == FIT


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (gzip.compress(FIT)[:-9], "archive_truncated"),
        (gzip.compress(FIT) + b"more", "archive_broken"),
        (gzip.compress(FIT)[:40] + b"\xff" * 40 + gzip.compress(FIT)[80:], "archive_broken"),
        (gzip.compress(bytes(50_000_000)), "archive_limit"),
    ],
    ids=["cut", "followed", "damaged", "bomb"],
)
def test_a_packed_file_that_is_broken_or_a_bomb_is_refused(data: bytes, rule: str):
    with pytest.raises(UnreadableFile) as caught:
        gunzipped(data, "ride.fit.gz")
    assert caught.value.rule == rule


def test_a_long_packed_file_is_whole():
    data = random.Random(1).randbytes(5_000_000)
    assert gunzipped(gzip.compress(data), "x") == data


def test_folders_are_walked_in_order_and_odd_things_in_them_are_passed_over(desk):
    place = desk.folder / "watch"
    (place / "b").mkdir(parents=True)
    (place / ".hidden").mkdir()
    (place / "b" / "run.gpx").write_bytes(RUN)
    (place / "a.fit").write_bytes(FIT)
    (place / ".hidden" / "x.fit").write_bytes(FIT)
    (place / "link.fit").symlink_to("/etc/passwd")
    (place / "loop").symlink_to(place)
    os.mkfifo(place / "pipe.fit")
    for _ in range(2):
        reports = import_files(desk.store, desk.blobs, "ann", [place])
        found = {report.record.file_name: report for report in reports}
        assert list(found) == ["watch/a.fit", "watch/link.fit", "watch/loop", "watch/pipe.fit", "watch/b/run.gpx"]
        assert {name for name, report in found.items() if report.refused} == {
            "watch/link.fit", "watch/loop", "watch/pipe.fit"
        }  # fmt: skip
    assert len(desk.workouts()) == 2
    open_ = desk.store.problems(athlete_id="ann", outcome=Outcome.QUARANTINED.value)
    assert sorted(problem.rule for problem in open_) == ["file_not_regular"] * 3


def test_a_folder_given_with_a_trailing_dot_has_a_name(desk, monkeypatch: pytest.MonkeyPatch):
    (desk.folder / "run.gpx").write_bytes(RUN)
    monkeypatch.chdir(desk.folder)
    (report,) = import_files(desk.store, desk.blobs, "ann", [Path()])
    assert report.record.file_name == f"{desk.folder.name}/run.gpx"
