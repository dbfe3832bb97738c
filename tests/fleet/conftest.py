"""Workspaces with small fleets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fitintel.workbench.door import Workbench
from tests.fleet.people import fleet, keep

LAST = 20_690
SEED = 7


@pytest.fixture
def fleet_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workspace of `count` athletes with `weeks` of workouts; gives its folder."""

    def make(count: int, *, weeks: int = 30, name: str = "home") -> Path:
        home = tmp_path / name
        with Workbench.open(home) as bench:
            for athlete, workouts in fleet(SEED, count, first=LAST - 7 * weeks + 1, last=LAST):
                keep(bench.vault, athlete, workouts)
        return home

    return make


def files(folder: Path) -> dict[str, bytes]:
    """Relative path -> content of every file in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
