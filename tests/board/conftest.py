"""A demo squad on a fixed day, the coaches' pages served from it, and a visitor to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.workbench.door import Workbench
from tests.board.browsing import DAY, Visitor, serving, visiting

LAST_DAY = 20779  # Sun 22 Nov 2026


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with twenty simulated athletes whose briefs of DAY are made."""
    home = tmp_path_factory.mktemp("squad") / "home"
    with Workbench.open(home) as bench:
        bench.ensure_demo(athletes=20, years=1.0, end_day=LAST_DAY)
        bench.board(DAY)
    return home


@pytest.fixture
def bench(home: Path) -> Iterator[Workbench]:
    with Workbench.open(home, surface="coach") as bench:
        yield bench


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The address of the pages' folder."""
    with serving(home) as address:
        yield address


@pytest.fixture(params=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(chromium: Any, server: str, width: str) -> Iterator[Visitor]:
    """A visitor at the width of a desktop or a phone."""
    with visiting(chromium, server, width) as made:
        yield made
