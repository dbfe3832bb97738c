"""kill -9 while a file is imported, at 50 statement counts drawn at random: no partial workout, nothing doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fitintel.storage import open_blobs, open_store
from fitintel.workbench.importing import import_files
from tests.workbench import killed_imports

SEED = 20261123
ROWS = 150


@pytest.fixture(params=("sqlite", "mariadb"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "mariadb":
        return str(request.getfixturevalue("mariadb_url"))
    return f"sqlite:///{tmp_path / 'store.db'}"


def table(folder: Path) -> Path:
    """A table with good rows, possible duplicates, warned and quarantined rows."""
    lines = ["id,date,sport,distance (km),duration (min),notes"]
    for row in range(ROWS):
        date = f"2025-{1 + row // 28:02}-{1 + row % 28:02}"
        duration = "-5" if row % 25 == 24 else "2000" if row % 30 == 29 else f"{30 + row % 40}"
        lines.append(f"n{row},{date},running,{5 + row % 7},{duration},{'x' * 200}")
    lines.append("twin,2025-01-01,running,5,30,")
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_killed_import_is_whole_or_absent_and_a_rerun_completes_it(database_url: str, tmp_path: Path) -> None:
    file, files = table(tmp_path), f"file://{tmp_path / 'files'}"
    command = [sys.executable, killed_imports.__file__, database_url, files, str(file), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["places"] > 60, "an import of many statements"
    assert all(told["died"])
    store, blobs = open_store(database_url), open_blobs(files)
    whole = store.workouts(f"a{killed_imports.TRIALS}", columns=("day", "sport", "duration", "distance", "flags"))
    problems = len(store.problems(athlete_id=f"a{killed_imports.TRIALS}", status=None))
    assert len(whole) > ROWS * 0.9
    for trial, count in enumerate(told["counts"]):
        athlete = f"a{trial}"
        where = f"killed at {count} of {told['places']}"
        assert len(store.workouts(athlete)) in (0, len(whole)), where
        assert len(store.imports(athlete)) == (1 if len(store.workouts(athlete)) else 0), where
        for _ in range(2):
            import_files(store, blobs, athlete, [file])
            again = store.workouts(athlete, columns=("day", "sport", "duration", "distance", "flags"))
            order = sorted(zip(*(again[name].tolist() for name in again), strict=True))
            assert order == sorted(zip(*(whole[name].tolist() for name in whole), strict=True)), where
            assert len(store.problems(athlete_id=athlete, status=None)) == problems, where
    store.close()
