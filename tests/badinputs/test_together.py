"""Cases of the catalogue that are more than one file: names, twins, people, folders, sizes, and damage in numbers."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.core.errors import FitintelError
from fitintel.core.records import Athlete, Outcome
from fitintel.ingest import arrival
from fitintel.ingest.fit import read_fit
from fitintel.ingest.text import MAX_FILE
from fitintel.workbench.door import Workbench
from tests.badinputs.csv import row, table
from tests.badinputs.fit import mutants
from tests.ingest.fit import encoder as fit

TODAY = 20_369


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    with Workbench.open(tmp_path / "home") as opened:
        opened.store.put_athlete(Athlete("me", "You"))
        yield opened


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_same_bytes_under_another_name_are_a_duplicate(bench: Workbench, tmp_path: Path) -> None:
    data = fit.ride(100)
    (first,) = bench.import_files([file(tmp_path, "a.fit", data)], today=TODAY, workers=1)
    (second,) = bench.import_files([file(tmp_path, "b.fit", data)], today=TODAY, workers=1)
    assert second.outcome is Outcome.DUPLICATE
    assert second.already is not None
    assert second.already.id == first.record.id
    assert len(bench.workouts("me")) == 1


def _seen(bench: Workbench, athlete: str, path: Path) -> dict[str, Any]:
    (report,) = bench.import_files([path], athlete_id=athlete, today=TODAY, workers=1)
    said = report.as_dict()
    return {name: value for name, value in said.items() if name not in ("import", "seconds")}


def test_two_athletes_with_the_same_file_do_not_see_each_other(bench: Workbench, tmp_path: Path) -> None:
    bench.store.put_athlete(Athlete("bob", "Bob"))
    path = file(tmp_path, "a.csv", table(row(2)).encode())
    assert _seen(bench, "me", path) == _seen(bench, "bob", path)
    assert [len(bench.workouts(name)) for name in ("me", "bob")] == [2, 2]


def test_a_file_over_the_limit_is_not_kept(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "large.fit"
    with path.open("wb") as out:
        out.truncate(MAX_FILE + 1)
    (report,) = bench.import_files([path], today=TODAY, workers=1)
    assert report.by_rule() == {"file_too_large": 1}
    assert f"{MAX_FILE:,}" in str(report.error)
    assert f"{MAX_FILE + 1:,}" in str(report.error)
    assert report.record.size == MAX_FILE + 1
    files = tmp_path / "home" / "files"
    assert not [each for each in files.rglob("*") if each.is_file() and each.stat().st_size > 1024 * 1024]


@pytest.mark.parametrize("number", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_one_damaged_file_of_many_waits_alone(bench: Workbench, tmp_path: Path, number: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for place in range(number):
        data = fit.ride(20, start=fit.START + 10_000 * place)
        file(folder, f"{place:04d}.fit", data[:500] if place == number // 2 else data)
    reports = bench.import_files([folder], today=21_500, workers=1)
    waiting = [report for report in reports if report.outcome is Outcome.QUARANTINED]
    assert [report.record.file_name for report in waiting] == [f"in/{number // 2:04d}.fit"]
    assert waiting[0].by_rule() == {"fit_truncated": 1}
    assert "486 of 838 bytes from byte 14" in str(waiting[0].error)
    assert len(bench.workouts("me")) == number - 1


def test_what_is_no_regular_file_is_passed_over(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access  # tests may run as root, to whom every file is open
    monkeypatch.setattr(arrival.os, "access", lambda path, how: "secret" not in str(path) and may(path, how))
    folder = tmp_path / "in"
    folder.mkdir()
    file(folder, "good.csv", table(row(2)).encode())
    (folder / "secret.csv").write_bytes(table(row(3)).encode())
    (folder / "loop").symlink_to(folder)
    (folder / "passwd").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        # the address of a socket has a short limit: bound by its name within the folder
        here = os.open(".", os.O_RDONLY)
        try:
            os.chdir(folder)
            listening.bind("socket")
        finally:
            os.fchdir(here)
            os.close(here)
        reports = bench.import_files([folder], today=TODAY, workers=1)
    found = {report.record.file_name.split("/")[-1]: report for report in reports}
    assert set(found) == {"good.csv", "loop", "passwd", "pipe", "secret.csv", "socket"}
    assert found["secret.csv"].by_rule() == {"file_not_readable": 1}
    assert {name for name, report in found.items() if "file_not_regular" in report.by_rule()} == {
        "loop", "passwd", "pipe", "socket"
    }  # fmt: skip
    assert found["good.csv"].record.imported == 2
    assert b"root:" not in b"".join(each.read_bytes() for each in (tmp_path / "home").rglob("*") if each.is_file())


@pytest.mark.parametrize("changes", [1, 2])
def test_a_file_that_changes_while_it_is_read_is_read_again_once_and_then_refused(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    path = file(tmp_path, "grows.csv", table(row(2)).encode())
    left = [row(3 + place) for place in range(changes)]
    read = Path.read_bytes

    def growing(self: Path) -> bytes:
        data = read(self)
        if self == path and left:
            with path.open("ab") as out:
                out.write(left.pop(0).encode() + b"\n")
        return data

    monkeypatch.setattr(arrival.Path, "read_bytes", growing)
    (report,) = bench.import_files([path], today=TODAY, workers=1)
    monkeypatch.undo()
    if changes == 1:
        assert (report.record.size, report.record.imported) == (path.stat().st_size, 3)
        assert bench.blobs.get("raw", report.record.sha256) == path.read_bytes()
    else:
        assert report.by_rule() == {"file_changed": 1}
        assert "grows.csv" in str(report.error)
        assert len(bench.workouts("me")) == 0
        (again,) = bench.import_files([path], today=TODAY, workers=1)
        assert again.record.imported == 4


@pytest.mark.parametrize("number", [300, pytest.param(3000, marks=pytest.mark.slow)])
def test_no_damage_of_a_fit_file_is_a_fault_of_the_reader(number: int) -> None:
    read = refused = 0
    for data in mutants(number):
        try:
            found = read_fit(data)
        except FitintelError:
            refused += 1
            continue
        read += 1
        assert all(np.isfinite(each.start or 0.0) for each in found.recordings)
    assert read > number // 2
    assert refused > 0
