"""An erased athlete is out of a real MLflow: runs, tags, tables of several briefs; others are as they were."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core import settings as settings_
from fitintel.tracking.briefs import EXPERIMENT, IDS, TABLE
from fitintel.tracking.connection import connect
from fitintel.workbench.door import Workbench
from fitintel.workbench.track import log_file
from tests.tracking.mlflow_servers import MlflowServer

GONE, STAYS = "zq-gone-7731", "zq-stays-7731"
FIRST = days.number(days.date(2025, 5, 1))


def live(bench: Workbench, folder: Path) -> dict[str, list[str]]:
    """Athlete -> ids of their briefs: one logged alone, and one with the other's in one run."""
    for place, athlete in enumerate((GONE, STAYS)):
        file = folder / f"{athlete}.csv"
        rows = "".join(f"2025-05-{day:02d},Run,{20 + day + place},{3 + day / 10}\n" for day in range(1, 29))
        file.write_text(f"date,sport,duration (min),distance (km)\n{rows}")
        bench.import_files([file], athlete_id=athlete)
    made: dict[str, list[str]] = {}
    for together in ([GONE], [STAYS], [GONE, STAYS]):
        for athlete in together:
            day = FIRST + 20 + len(made.setdefault(athlete, []))
            made[athlete].append(bench.brief(athlete, day).id)
        assert bench.track(), log_file(bench.settings).read_text()
    return made


def said(uri: str) -> dict[str, Any]:
    """What MLflow says of every run of briefs, with its table."""
    found = {}
    with connect(uri) as client:
        place = client.get_experiment_by_name(EXPERIMENT)
        for run in client.search_runs([place.experiment_id]):
            tables = [client.download_artifacts(run.info.run_id, one.path) for one in
                      client.list_artifacts(run.info.run_id) if one.path == TABLE]  # fmt: skip
            found[run.info.run_id] = [run.info.run_name, run.data.params, run.data.metrics, run.data.tags,
                                      [Path(one).read_text() for one in tables]]  # fmt: skip
    return found


def rows_with(database: Path, word: str) -> list[str]:
    """Tables of MLflow's database with a row that says it."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [name for name in names if word in str(connection.execute(f'SELECT * FROM "{name}"').fetchall())]


def check(uri: str, before: dict[str, Any], made: dict[str, list[str]]) -> None:
    """The erased athlete's run is gone, the shared one is less theirs, the other is as it was."""
    after = said(uri)
    assert GONE not in str(after)
    assert not [one for one in made[GONE] if one in str(after)]
    alone = [name for name, run in before.items() if run[3][IDS] == made[STAYS][0]]
    shared = [name for name, run in before.items() if "," in run[3][IDS]]
    assert set(after) == {*alone, *shared}
    assert after[alone[0]] == before[alone[0]]
    assert after[shared[0]][3][IDS] == made[STAYS][1]
    assert made[STAYS][1] in after[shared[0]][4][0]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as made:
        yield made


@pytest.mark.slow
def test_nothing_of_an_erased_athlete_is_in_mlflows_own_files(bench: Workbench, tmp_path: Path) -> None:
    made = live(bench, tmp_path)
    before = said(bench.settings.mlflow_uri)
    home = bench.settings.home
    assert GONE in str(before)
    assert len(before) == 3
    assert bench.erase(GONE, GONE).state == "complete"
    check(bench.settings.mlflow_uri, before, made)
    kept = [home / "mlflow.db", *(one for one in (home / "mlflow-artifacts").rglob("*") if one.is_file())]
    for word in (GONE, *made[GONE]):
        assert not [one for one in kept if word.encode() in one.read_bytes()]


@pytest.mark.slow
def test_a_server_says_nothing_of_them_and_after_its_operators_gc_has_nothing(tmp_path: Path) -> None:
    database, artifacts = tmp_path / "served.db", tmp_path / "artifacts"
    backend, options = f"sqlite:///{database}", ("--artifacts-destination", artifacts.as_uri())
    with MlflowServer(tmp_path, backend, "", *options) as mlflow:
        settings = replace(settings_.read({}, home=tmp_path / "home"), mlflow_uri=mlflow.uri)
        with Workbench(settings) as bench:
            made = live(bench, tmp_path)
            before = said(mlflow.uri)
            erased = bench.erase(GONE, GONE)
        assert erased.state == "complete"
        assert "mlflow gc" in str(erased.remarks)
        check(mlflow.uri, before, made)
        command = [sys.executable, "-m", "mlflow", "gc", "--backend-store-uri", backend, *options]
        subprocess.run(command, env={**os.environ, "MLFLOW_TRACKING_URI": mlflow.uri}, check=True, capture_output=True)
        check(mlflow.uri, before, made)
    for word in (GONE, *made[GONE]):
        assert rows_with(database, word) == []
        assert not [one for one in artifacts.rglob("*") if one.is_file() and word.encode() in one.read_bytes()]
    assert rows_with(database, STAYS)
