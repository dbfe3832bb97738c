"""The fleet's columns answer as the store does, whatever becomes of their files."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fitintel.core.errors import UnknownName
from fitintel.core.workouts import Workouts
from fitintel.storage.fleet_columns import KEPT, FleetColumns
from fitintel.workbench.door import Workbench
from tests.fleet.conftest import LAST, SEED
from tests.fleet.people import history, keep

ASKED = ("day", "duration", "distance", "hr_mean", "sport", "flags")
FleetOf = Callable[..., Path]


def equal(bench: Workbench, columns: FleetColumns, names: tuple[str, ...] = ASKED) -> None:
    seen = []
    for part in columns.parts(names):
        for athlete in part.athletes:
            assert part.of(athlete) == Workouts(dict(_columns(bench, athlete, names)))
            seen.append(athlete)
    assert sorted(seen) == [one.id for one in bench.athletes()]


def _columns(bench: Workbench, athlete: str, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    found = bench.store.workouts(athlete, columns=names)
    return {name: found[name] for name in names}


def test_they_are_the_stores_and_follow_its_changes(
    fleet_of: FleetOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fitintel.storage.fleet_columns.IN_A_FILE", 3)
    with Workbench.open(fleet_of(7, weeks=6)) as bench:
        columns = FleetColumns(bench.store, tmp_path / "columns")
        equal(bench, columns, KEPT)
        assert len(list((tmp_path / "columns").iterdir())) > 1
        new = history(SEED, 3, first=LAST - 41, last=LAST + 6)
        keep(bench.store, bench.athlete("f00003"), new.take(new["day"] > LAST), number=1)
        asked: list[str] = []
        read = bench.store.workouts
        monkeypatch.setattr(bench.store, "workouts", lambda who, **how: (asked.append(who), read(who, **how))[1])
        assert sum(len(part.columns["day"]) for part in columns.parts(["day"])) > 0
        assert asked == ["f00003"]
        equal(bench, columns)


def test_a_file_that_is_lost_cut_or_garbled_is_made_anew(fleet_of: FleetOf, tmp_path: Path) -> None:
    folder = tmp_path / "columns"
    with Workbench.open(fleet_of(3, weeks=6)) as bench:
        columns = FleetColumns(bench.store, folder)
        equal(bench, columns)
        (file,) = folder.iterdir()
        whole = file.read_bytes()
        chance = random.Random(1)
        for spoilt in (
            b"", b"garbage", whole[: len(whole) // 2], whole + b"more",
            *(_flipped(whole, chance.randrange(len(whole))) for _ in range(40)),
        ):  # fmt: skip
            file.write_bytes(spoilt)
            equal(bench, columns)
        file.unlink()
        equal(bench, columns)
        columns.drop()
        assert list(folder.iterdir()) == []


def test_a_column_that_is_not_kept_is_refused(fleet_of: FleetOf, tmp_path: Path) -> None:
    with (
        Workbench.open(fleet_of(1, weeks=2)) as bench,
        pytest.raises(UnknownName),
    ):
        list(FleetColumns(bench.store, tmp_path).parts(["notes"]))


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
