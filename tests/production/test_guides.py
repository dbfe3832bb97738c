"""The guides as a site, built strictly; every box of the mission has its code and its test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    found = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if "|" in line]
    return [cells for cells in found[2:] if len(cells) == 4]


def test_every_box_has_code_a_test_and_a_way_to_see_it() -> None:
    assert len(rows()) >= 35
    for box, code, test, seen in rows():
        assert code, box
        assert test, box
        assert seen, box


@pytest.mark.parametrize("column", [1, 2])
def test_what_the_table_names_is_there(column: int) -> None:
    for cells in rows():
        for path in re.findall(r"`([^`]+)`", cells[column]):
            assert (ROOT / path).exists(), (cells[0], path)


def test_commands_that_the_table_names_are_there() -> None:
    pages = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for cells in rows():
        for command in re.findall(r"`fitintel ([a-z-]+)", cells[3]):
            assert f"fitintel {command}" in pages, cells[0]


def test_the_guides_build_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
                          cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "operator" / "index.html").read_text(encoding="utf-8")
    assert "fitintel up --production" in page
    # scripts and styles are our own: who reads a guide is told to nobody
    assert not re.findall(r'(?:src|href)="https?://[^"]+\.(?:js|css)', page)
