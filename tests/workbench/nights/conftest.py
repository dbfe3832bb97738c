"""Small workspaces with many athletes, and a notebook that fails for some of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from fitintel.core import days
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2026, 1, 5))
LAST = FIRST + 7 * 8


@pytest.fixture
def squad_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workspace whose athletes have eight weeks of workouts each; gives its folder."""

    def make(*names: str) -> Path:
        home = tmp_path / "home"
        with Workbench.open(home) as bench:
            for place, name in enumerate(names):
                path = tmp_path / f"{name}.csv"
                rows = [f"{days.iso(day)},run,{40 + (day + place) % 9},{7 + day % 4}"
                        for day in range(FIRST, LAST + 1) if day % 7 in (0, 2, 4)]  # fmt: skip
                path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
                bench.import_files([path], athlete_id=name)
        return home

    return make


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Prints who it is for; raises, hangs or takes all memory where the athlete's name says so."""
    made = nbformat.v4.new_notebook()
    made.cells = [
        nbformat.v4.new_code_cell("athlete: str = ''\nday: str = ''\nunits: str = ''",
                                  metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "import time\n"
            "if athlete.endswith('-raises'):\n    raise RuntimeError('planted')\n"
            "if athlete.endswith('-hangs'):\n    time.sleep(600)\n"
            "if athlete.endswith('-hungry'):\n    kept = bytearray(2 * 1024 ** 3)\n"
            "print(athlete, day)"
        ),
    ]  # fmt: skip
    path = tmp_path / "small.ipynb"
    nbformat.write(made, path)
    return path
