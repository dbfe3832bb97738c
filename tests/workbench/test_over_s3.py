"""A workspace whose files are in S3: it works as with a folder, and goes on where it was when S3 comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import StorageUnavailable
from fitintel.storage import remote
from fitintel.workbench.door import Workbench
from tests.conftest import _shared_data
from tests.s3_servers import BUCKET, SECRET, Bucket, Door
from tests.workbench.outages import DAY, facts, folder_of, told


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is known after everything was imported without an outage, into folders."""
    place = tmp_path_factory.mktemp("whole")
    with Workbench.open(place / "home") as bench:
        bench.import_files([folder_of(place / "in")], workers=1)
        return facts(bench)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "in")


def in_s3(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("FITINTEL_FILES_URL", url)
    with Workbench.open(tmp_path / "home") as bench:
        yield bench


@pytest.fixture
def bench(s3: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    yield from in_s3(s3.url, tmp_path, monkeypatch)


@pytest.fixture
def behind_door(s3_door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    again = {**remote.S3_OPTIONS["config_kwargs"], "retries": {"mode": "standard", "total_max_attempts": 1}}
    monkeypatch.setattr(remote, "S3_OPTIONS", {**remote.S3_OPTIONS, "config_kwargs": again})
    monkeypatch.setattr(remote, "S3_RETRIES", 1)
    yield from in_s3(f"s3://{BUCKET}/files", tmp_path, monkeypatch)


def snapshots_are_there(bench: Workbench) -> int:
    """Read every snapshot that the runs of the brief name; how many there are."""
    named = {digest for run in bench.open_brief(day=DAY).runs.values() for digest in (*run.inputs.values(), run.output)}
    for digest in named:
        bench.blobs.get("snapshots", digest)
    return len(named)


def test_import_brief_and_export_are_those_of_a_folder(
    bench: Workbench, inbox: Path, whole: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.import_files([inbox])
    assert facts(bench) == whole
    again = bench.import_files([inbox])
    assert sum(report.record.imported + report.record.warned for report in again) == 0
    assert facts(bench) == whole
    made = bench.brief(day=DAY)
    assert bench.brief(day=DAY).id == made.id
    assert snapshots_are_there(bench) > 10
    bench.export(tmp_path / "all.zip")
    monkeypatch.delenv("FITINTEL_FILES_URL")
    with Workbench.open(tmp_path / "other") as other:
        other.restore(tmp_path / "all.zip")
        assert facts(other) == whole
        assert other.brief(day=DAY).insights == made.insights


@pytest.mark.slow
def test_every_real_file_is_in_s3_as_in_a_folder(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = _shared_data()
    if not (shared / "fitparse-tests").is_dir():
        pytest.skip(f"the real files are not here: {shared} (set FITINTEL_TEST_DATA)")
    bench.import_files([shared])
    bench.import_files([shared])
    bench.export(tmp_path / "all.zip")
    monkeypatch.delenv("FITINTEL_FILES_URL")
    with Workbench.open(tmp_path / "plain") as plain, Workbench.open(tmp_path / "restored") as restored:
        plain.import_files([shared])
        restored.restore(tmp_path / "all.zip")
        known = facts(plain)
        assert len(known["recordings"]) > 100
        assert facts(bench) == known
        assert facts(restored) == known


@pytest.mark.parametrize("size", [0, 1_000, 8_000, 40_000, 90_000, 200_000])
def test_s3_going_away_in_an_import_is_said_and_a_second_import_completes_it(
    behind_door: Workbench, s3_door: Door, inbox: Path, whole: dict[str, Any], size: int
) -> None:
    s3_door.shut_after(size)
    with pytest.raises(StorageUnavailable, match="file store") as caught:
        behind_door.import_files([inbox], workers=1)
    assert s3_door.is_shut
    assert SECRET not in told(caught.value)
    s3_door.open()
    before = facts(behind_door)  # every byte that a row names is there
    assert set(before["workouts"]) <= set(whole["workouts"])
    assert len(before["recordings"]) <= len(whole["recordings"])
    behind_door.import_files([inbox], workers=1)
    assert facts(behind_door) == whole


def test_s3_going_away_in_a_brief_leaves_no_brief_and_the_next_one_is_whole(
    behind_door: Workbench, s3_door: Door, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind_door.import_files([inbox], workers=1)
    s3_door.shut_after(3_000)
    with pytest.raises(StorageUnavailable, match="file store"):
        behind_door.brief(day=DAY)
    assert behind_door.store.untracked() == ()
    s3_door.open()
    made = behind_door.brief(day=DAY)
    assert snapshots_are_there(behind_door) > 10
    monkeypatch.delenv("FITINTEL_FILES_URL")
    with Workbench.open(tmp_path / "folder") as plain:
        plain.import_files([inbox], workers=1)
        assert plain.brief(day=DAY).insights == made.insights


def test_s3_going_away_in_an_export_leaves_no_half_of_it(
    behind_door: Workbench, s3_door: Door, inbox: Path, tmp_path: Path
) -> None:
    behind_door.import_files([inbox], workers=1)
    s3_door.shut_after(2_000)
    with pytest.raises(StorageUnavailable, match="file store"):
        behind_door.export(tmp_path / "all.zip")
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name] == []
    s3_door.open()
    behind_door.export(tmp_path / "all.zip")
    assert (tmp_path / "all.zip").is_file()


def test_the_command_line_says_what_where_why_and_next_without_a_traceback(
    s3_door: Door, inbox: Path, tmp_path: Path
) -> None:
    import subprocess
    import sys

    s3_door.shut()
    said = {**os.environ, "FITINTEL_FILES_URL": f"s3://{BUCKET}/files", "FITINTEL_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "fitintel", "import", str(inbox)]
    done = subprocess.run(command, env=said, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    shown = " ".join((done.stdout + done.stderr).replace("│", " ").split())
    for part in ("file store cannot be used", f"s3://{BUCKET}/files", "AWS_ENDPOINT_URL"):
        assert part in shown
