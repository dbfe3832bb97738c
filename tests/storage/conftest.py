"""The stores that the conformance suite runs over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.storage import open_store
from fitintel.storage.store import Store

STORES = ("memory", "sqlite", "sqlite cached in redis", "mariadb")


@pytest.fixture(params=("sqlite", "mariadb"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database that several processes may open."""
    if request.param == "mariadb":
        return str(request.getfixturevalue("mariadb_url"))
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        opened = open_store("sqlite://")
    elif request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    elif request.param == "mariadb":
        opened = open_store(request.getfixturevalue("mariadb_url"))
    else:
        opened = open_store(f"sqlite:///{tmp_path / 'store.db'}", request.getfixturevalue("redis_url"))
    yield opened
    opened.close()
