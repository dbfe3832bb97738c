"""Export and import into an empty workspace: everything that is kept comes back as it was."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.answers import Action, Answer, Told
from fitintel.core.connections import Payload, Tombstone
from fitintel.core.details import Details
from fitintel.core.errors import UnknownFormat, UnreadableFile, UsageError
from fitintel.core.preferences import Preferences
from fitintel.core.recorded import KeptRepair
from fitintel.core.records import Athlete, ProblemStatus
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Threshold
from fitintel.core.units import UnitSystem
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import COLUMNS
from fitintel.workbench.door import Workbench
from fitintel.workbench.exported_rows import ROWS, SCORES, WHO_SAW

AT = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
ALL = tuple(COLUMNS)
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{name}</name>
<type>running</type><trkseg>{points}</trkseg></trk></gpx>"""


def _gpx(name: str, *, every: int) -> str:
    points = "".join(
        f'<trkpt lat="{47 + 3e-5 * second:.6f}" lon="8.5"><ele>{400 + second % 7}</ele>'
        f"<time>2024-05-04T06:{second // 60:02d}:{second % 60:02d}Z</time></trkpt>"
        for second in range(0, 600, every)
    )
    return GPX.format(name=name, points=points)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Workbench]:
    """A workspace with something of everything that an export holds."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "phone.gpx").write_text(_gpx("phone", every=1))
    (folder / "watch.gpx").write_text(_gpx("watch", every=3))
    (folder / "diary.csv").write_text(
        "date,sport,duration (min),distance (km),rpe,notes\n"
        '2024-05-04,Run,30,5.2,6,"wind, from ""behind"""\n2024-05-06,Ride,90,40.25,,\n2024-05-07,Run,abc,3,,\n'
        "2024-05-08,Run,2000,3,4,=1+1\n"
    )
    with Workbench.open(tmp_path / "here") as bench:
        bench.import_files([folder], athlete_id="me", workers=1)
        store = bench.store
        store.put_athlete(Athlete("me", "You, \u00fcber all", UnitSystem.IMPERIAL, goal_days=4.5))
        store.put_preferences(Preferences("me", None, "fr", "dark", "Europe/Paris"))
        record = store.imports("me")[0]
        store.save_import(record, bench.workouts("me", columns=ALL).take([]), [], wellness=[
            Wellness("v-1", "me", 19_800, "hrv_rmssd", 41.300000000000004, "typed", 1.5e9, import_id=record.id),
            Wellness("v-2", "me", 19_801, "weight", 71.2, "typed", import_id=record.id),
        ])  # fmt: skip
        store.state([
            Threshold("t-1", "me", "power", 251.0, 19_000, AT, "cycling", "20 min"),
            Threshold("t-2", "me", "power", None, 19_000, AT), Goal("g-1", "me", "event", 0.0, 20_000, AT, "Marathon"),
            PlannedWorkout("p-1", "me", 20_001, "running", 3600.0, None, AT, notes="easy"),
            ExcusedDays("x-1", "me", 19_990, 19_992, "ill", AT),
        ])  # fmt: skip
        first = str(bench.workouts("me", columns=("id",))["id"][0])
        store.put_repairs("me", [KeptRepair(first, "spikes", "1", False, {"n": 3}, {"distance": [1.0, 0.5]})])
        store.put_payload(Payload("me", "strava", "activity", "17", record.sha256, "d", 1.0, AT, "17.json", (first,)))
        store.bury(Tombstone("me", "strava", "18", AT, ("w-unknown",)))
        store.tell([Told("me", 20_000, "b-1", "alert_gap", "alerts", "alert_gap", "alert", ("r-1",), (first,), 19_999,
                         "dismissed", {"days": 9, "usual": None})])  # fmt: skip
        store.put_details(Details("me", "female", 1985, "local-owner", AT))
        store.answer([Answer("a-1", "me", "alert_gap", Action.SNOOZE, 20_000, "me", AT, "away", 20_010)])
        dismissed = store.problems(athlete_id="me")[0]
        store.settle_problems([dismissed.id], ProblemStatus.DISMISSED)
        ids = [str(name) for name in bench.workouts("me", columns=("id",), twins=True)["id"]]
        bench.decide_duplicates("keep", ids[-1], ids[-2])
        yield bench


def everything(bench: Workbench) -> dict[str, Any]:
    """All that the store and the file store hold of the athlete."""
    store = bench.store
    recordings = store.recordings("me")
    streams = {digest for one in recordings for digest in (one.stream, one.rr) if digest}
    return {
        "athlete": store.athlete("me"),
        "merged": store.workouts("me", columns=ALL), "workouts": store.workouts("me", columns=ALL, twins=True),
        "imports": store.imports("me"), "problems": store.problems(athlete_id="me", status=None),
        "recordings": recordings, "repairs": store.repairs("me"), "links": store.links("me"),
        "wellness": store.wellness("me"), "tombstones": store.tombstones("me"),
        "stated": [store.stated("me", kind) for kind in (Threshold, Goal, PlannedWorkout, ExcusedDays)],
        "payloads": store.payloads("me", "strava", superseded=True),
        "told": store.told("me"), "answers": store.answers("me"),
        "details": [store.details("me")],
        "preferences": [store.preferences("me")],
        "raw": {one.sha256: bench.blobs.get("raw", one.sha256) for one in store.imports("me")},
        "streams": {digest: bench.blobs.get("streams", digest) for digest in streams},
    }  # fmt: skip


def test_an_export_taken_into_an_empty_workspace_is_identical(full: Workbench, tmp_path: Path) -> None:
    made = full.export(tmp_path / "me.zip")
    before = everything(full)
    assert all(len(before[name]) for name in before if name != "athlete"), "something of everything is compared"
    with Workbench.open(tmp_path / "there") as other:
        restored = other.restore(made.path)
        assert everything(other) == before
        assert restored.counts == made.counts
        again = everything(other)
        other.restore(made.path)
        assert everything(other) == again, "a second time adds nothing"
        other.duplicates("me", look=True)
        assert other.store.links("me") == before["links"], "decisions hold where they came to"
        other.export(tmp_path / "again.zip")
    first, second = (_members(path) for path in (made.path, tmp_path / "again.zip"))
    assert first == second


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        # what is to be read says what happened in its own workspace
        return {name: archive.read(name) for name in archive.namelist()
                if name not in ("manifest.json", SCORES, WHO_SAW) and not name.startswith(ROWS)}  # fmt: skip


def test_the_manifest_says_what_is_in_the_archive(full: Workbench, tmp_path: Path) -> None:
    full.export(tmp_path / "me.zip")
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert (manifest["format"], manifest["version"], manifest["athlete"]) == ("fitintel export", 1, "me")
        assert set(manifest["files"]) == set(archive.namelist()) - {"manifest.json"}
        for name, said in manifest["files"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == said["sha256"]
        assert [column["name"] for column in manifest["columns"]] == list(COLUMNS)
        assert archive.read("workouts.csv").decode().count("\n") == manifest["counts"]["workouts"] + 1


def test_files_that_were_never_kept_are_named(full: Workbench, tmp_path: Path) -> None:
    gone = full.store.imports("me")[0].sha256
    full.blobs.remove("raw", [gone])
    made = full.export(tmp_path / "me.zip")
    assert made.absent == (f"raw/{gone}",)
    with Workbench.open(tmp_path / "there") as other:
        assert other.restore(made.path).absent == made.absent


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.pop(name) and None


def _changed(members: dict[str, bytes]) -> None:
    members["decisions.json"] = members["decisions.json"].replace(b"separate", b"merged")


def _stranger(members: dict[str, bytes]) -> None:
    members["../../outside"] = b"x"


def _future(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"version": 1', b'"version": 2')


def _broken_manifest(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b'{"format": "fitintel export", '


@pytest.mark.parametrize("damage", [_without("workouts.parquet"), _changed, _stranger, _future, _broken_manifest,
                                    _without("wellness.json")])  # fmt: skip
def test_a_damaged_export_changes_nothing(
    full: Workbench, tmp_path: Path, damage: Callable[[dict[str, bytes]], None]
) -> None:
    full.export(tmp_path / "me.zip")
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    damage(members)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with Workbench.open(tmp_path / "there") as other:
        with pytest.raises((UnreadableFile, UnknownFormat)):
            other.restore(tmp_path / "bad.zip")
        assert other.athletes() == ()
    assert not (tmp_path / "outside").exists()


def test_an_export_from_before_there_were_answers_is_taken_in(full: Workbench, tmp_path: Path) -> None:
    full.export(tmp_path / "me.zip")
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    for name in ("told.json", "answers.json"):
        del members[name], manifest["files"][name], manifest["counts"][name.removesuffix(".json")]
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with Workbench.open(tmp_path / "there") as other:
        other.restore(tmp_path / "old.zip")
        assert len(other.workouts("me"))
        assert not other.store.told("me")
        assert not other.store.answers("me")


def test_a_cut_export_changes_nothing(full: Workbench, tmp_path: Path) -> None:
    full.export(tmp_path / "me.zip")
    data = (tmp_path / "me.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: len(data) // 2])
    with Workbench.open(tmp_path / "there") as other:
        with pytest.raises(UnreadableFile):
            other.restore(tmp_path / "cut.zip")
        assert other.athletes() == ()


def test_an_export_is_for_the_athlete_it_is_of(full: Workbench, tmp_path: Path) -> None:
    full.export(tmp_path / "me.zip")
    with Workbench.open(tmp_path / "there") as other, pytest.raises(UsageError):
        other.restore(tmp_path / "me.zip", "somebody")


def test_an_export_does_not_write_over_a_file(full: Workbench, tmp_path: Path) -> None:
    (tmp_path / "me.zip").write_bytes(b"mine")
    with pytest.raises(UsageError):
        full.export(tmp_path / "me.zip")
    assert (tmp_path / "me.zip").read_bytes() == b"mine"
    full.export(tmp_path / "me.zip", force=True)
    assert full.is_export(tmp_path / "me.zip")
    assert not full.is_export(tmp_path / "files" / "diary.csv")


def test_a_decision_made_since_the_export_is_not_overruled(full: Workbench, tmp_path: Path) -> None:
    full.export(tmp_path / "me.zip")
    link = next(link for link in full.store.links("me") if link.state.value == "merged")
    full.decide_duplicates("split", link.other_id)
    now = full.store.links("me")
    full.restore(tmp_path / "me.zip")
    assert full.store.links("me") == now
