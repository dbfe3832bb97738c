"""A server over a small workspace, asked without a network in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core import days, settings
from fitintel.workbench.door import Workbench
from tests.access.conftest import cheap_passwords, kept_world, world

__all__ = ["cheap_passwords", "kept_world", "world"]

FIRST = days.number(days.date(2026, 1, 5))
LAST = FIRST + 7 * 12


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two athletes with twelve weeks each."""
    folder = tmp_path_factory.mktemp("api")
    with Workbench.open(folder / "home") as bench:
        for place, name in enumerate(("ann", "bob")):
            path = folder / f"{name}.csv"
            rows = [f"{days.iso(day)},run,{40 + (day + place) % 9},{7 + day % 4}"
                    for day in range(FIRST, LAST + 1) if day % 7 in (0, 2, 4)]  # fmt: skip
            path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
            bench.import_files([path], athlete_id=name)
    return folder / "home"


@pytest.fixture(scope="session")
def client(home: Path) -> Iterator[TestClient]:
    """The owner of a workspace without accounts, on this machine."""
    with TestClient(
        create_app(settings.read({}, home=home)), base_url="http://127.0.0.1", client=("127.0.0.1", 1)
    ) as made:
        yield made
