"""Eight processes, a full disk and a killed import."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from fitintel.core.errors import StorageUnavailable
from fitintel.core.records import Athlete
from fitintel.core.workouts import COLUMNS
from fitintel.storage import open_blobs, open_store, streams
from fitintel.workbench import bulk
from fitintel.workbench.importing import import_files
from tests.ingest.fit.encoder import START, ride


def opened(place: Path):
    return open_store(f"sqlite:///{place / 'store.db'}"), open_blobs(f"file://{place / 'files'}")


def facts(place: Path) -> tuple[list[dict], list]:
    store, _ = opened(place)
    found = store.workouts("ann", columns=[name for name in COLUMNS if name not in ("import_id", "row")])
    kept = [(one.workout_id, one.stream, one.figures, one.laps) for one in store.recordings("ann")]
    store.close()
    return list(found.rows()), kept


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    store, _ = opened(made)
    store.put_athlete(Athlete(id="ann", name="Ann"))
    store.close()
    return made


DAY = 86_400


def folder_of(path: Path, number: int = 12) -> Path:
    path.mkdir()
    for each in range(number):
        (path / f"{each}.fit").write_bytes(ride(200, start=START + each * DAY))
    return path


def in_child(work) -> int:
    """What `work` gives as exit status, in a process of its own; the negative signal that ended it."""
    pid = os.fork()
    if not pid:
        status = 99
        try:
            status = work() or 0
        finally:
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def test_eight_processes_importing_one_folder_bring_each_workout_once(place: Path, tmp_path: Path):
    files = folder_of(tmp_path / "in")
    begin, wait = os.pipe()

    def work() -> int:
        os.close(wait)
        os.read(begin, 1)  # until the parent has closed its end
        store, blobs = opened(place)
        reports = import_files(store, blobs, "ann", [files], workers=1)
        return 0 if not any(report.refused for report in reports) else 1

    pids = []
    for _ in range(8):
        pid = os.fork()
        if not pid:
            status = 99
            try:
                status = work()
            finally:
                os._exit(status)
        pids.append(pid)
    os.close(wait)
    os.close(begin)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 8
    found, kept = facts(place)
    assert len(found) == len({row["id"] for row in found}) == 12
    assert len(kept) == 12
    store, _ = opened(place)
    assert len(store.imports("ann")) == 96
    store.close()


@pytest.mark.parametrize("room", [9_000, 40_000, 120_000, 400_000])
def test_a_full_disk_is_a_clear_error_and_a_second_run_completes(place: Path, tmp_path: Path, room: int):
    files = folder_of(tmp_path / "in")

    def work() -> int:
        store, blobs = opened(place)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            import_files(store, blobs, "ann", [files])
        except StorageUnavailable as error:
            return 7 if error.where and error.next else 8
        return 0

    assert in_child(work) in ((7,) if room < 100_000 else (0, 7))
    store, blobs = opened(place)
    assert len(store.recordings("ann")) == len(store.workouts("ann"))  # no half of a workout
    for one in store.recordings("ann"):
        with blobs.open(streams.KIND, one.stream) as file:
            assert len(streams.decode(file)["time"]) == one.samples
    import_files(store, blobs, "ann", [files])
    assert len(store.workouts("ann")) == len(store.recordings("ann")) == 12
    store.close()


@pytest.mark.parametrize("at", range(10))
def test_a_killed_import_leaves_whole_workouts_and_a_second_run_completes(place: Path, tmp_path: Path, at: int):
    files = folder_of(tmp_path / "in")
    whole = tmp_path / "whole"
    whole.mkdir()

    def work() -> int:
        store, blobs = opened(place)
        calls = iter(range(1000))

        def counted(name, of):
            call = getattr(of, name)

            def do(*arguments, **options):
                if next(calls) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*arguments, **options)

            setattr(of, name, do)

        counted("save_imports", store)
        counted("put_many", blobs)
        bulk.TOGETHER = 4
        import_files(store, blobs, "ann", [files])
        return 0

    assert in_child(work) == (-signal.SIGKILL if at < 9 else 0)  # three times raw files, samples and rows
    store, blobs = opened(place)
    assert len(store.recordings("ann")) == len(store.workouts("ann"))
    import_files(store, blobs, "ann", [files])
    store.close()
    other, other_blobs = opened(whole)
    other.put_athlete(Athlete(id="ann", name="Ann"))
    import_files(other, other_blobs, "ann", [files])
    other.close()
    assert facts(place) == facts(whole)
