"""Duplicates and export from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "date,sport,distance (km),duration (min)\n"
ONE = HEAD + "2025-10-01T06:00:00Z,running,5.0,30\n"
COPY = HEAD + "2025-10-01T06:01:00Z,walking,5.02,29.5\n"
HALF = HEAD + "2025-10-01T06:03:00Z,running,6.2,40\n"


@pytest.fixture
def run(tmp_path: Path):
    def call(*arguments: str, home: str = "home") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "FITINTEL_HOME": str(tmp_path / home), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, "-m", "fitintel", *arguments], capture_output=True, text=True, env=environment,
            cwd=tmp_path, timeout=300, check=False,
        )  # fmt: skip

    return call


def test_a_copy_is_merged_with_its_reasons_and_split_again(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE)
    (tmp_path / "copy.csv").write_text(COPY)
    assert run("duplicates").returncode == 1, "nobody is here yet"
    assert run("import", "one.csv").returncode == 0
    assert "No two workouts" in run("duplicates").stdout
    assert run("import", "copy.csv").returncode == 0
    said = run("duplicates")
    assert said.returncode == 0, said.stderr
    assert "Held to be one: 1 pair" in said.stdout
    assert "they start 1.0 min apart" in said.stdout
    (link,) = json.loads(run("duplicates", "--json").stdout)
    assert link["state"] == "merged"
    assert "Said to be two" in run("duplicates", "split", link["other"]).stdout
    assert "Said to be two" in run("duplicates", "look").stdout
    wrong = run("duplicates", "merge", link["other"], "w-nobody")
    assert wrong.returncode == 1
    assert "w-nobody" in wrong.stderr


def test_a_doubtful_pair_is_said_at_import(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE)
    (tmp_path / "half.csv").write_text(HALF)
    run("import", "one.csv")
    said = run("import", "half.csv")
    assert "may be one" in said.stdout
    (link,) = json.loads(run("duplicates", "--json").stdout)
    assert (link["state"], link["decided_by"]) == ("doubtful", "matching 1")
    run("duplicates", "keep", link["workout"], link["other"])
    assert json.loads(run("duplicates", "look", "--json").stdout)[0]["state"] == "separate"


def test_an_export_is_imported_into_an_empty_workspace(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE)
    run("import", "one.csv", "--athlete", "anna")
    made = run("export", "--athlete", "anna", "--out", "anna.zip", "--json")
    assert made.returncode == 0, made.stderr
    taken = run("import", "anna.zip", "--json", home="other")
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)[0]["counts"] == json.loads(made.stdout)["counts"]
    again = run("export", "--athlete", "anna", "--out", "anna.zip")
    assert again.returncode == 2
    assert "--force" in again.stderr
