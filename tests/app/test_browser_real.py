"""The app in a real browser with a person's own history: every year of it, on phone and desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.workbench.door import Workbench
from tests.app.browser import MOST_SHIFT, WIDTHS, Visit, serving
from tests.app.test_browser import TITLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(real_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(workspace, address)."""
    home = tmp_path_factory.mktemp("real") / "home"
    with Workbench.open(home) as bench:
        bench.import_files([real_history])
        bench.prefer(units="metric")
    with serving(home) as address:
        yield home, address


@pytest.fixture(params=WIDTHS)
def visit(request: pytest.FixtureRequest, served: tuple[Path, str], chromium: Any) -> Iterator[Visit]:
    one = Visit(chromium, served[1], request.param).open("me")
    yield one
    one.page.close()


def test_every_screen_shows_the_whole_history(visit):
    for name, title in TITLES.items():
        if name != "today":
            visit.go(title)
        assert "did not work" not in visit.text(), name
        visit.sound(name)
        visit.accessible(name)
        assert visit.shifted() <= MOST_SHIFT, name
