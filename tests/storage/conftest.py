"""The stores that the conformance suite runs over."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.storage import open_store
from fitintel.storage.cache import MemoryCache
from fitintel.storage.cached import CachedStore
from fitintel.storage.sql import SqlStore
from fitintel.storage.store import Store
from fitintel.storage.tables import identity, metadata
from tests.storage.examples import ANNA

STORES = ("memory", "sqlite", "sqlite cached in redis", "mariadb")


@pytest.fixture(params=("sqlite", "mariadb"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database that several processes may open."""
    if request.param == "mariadb":
        return str(request.getfixturevalue("mariadb_url"))
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing else: copying it is faster than migrating for each test."""
    path = tmp_path_factory.mktemp("migrated") / "store.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def on_mariadb(mariadb_server: str) -> Iterator[SqlStore]:
    from sqlalchemy import create_engine, text

    name = f"conformance_{secrets.token_hex(6)}"
    engine = create_engine(mariadb_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    store = SqlStore(mariadb_server + name)
    yield store
    store.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened: Store
    if request.param == "mariadb":
        kept: SqlStore = request.getfixturevalue("on_mariadb")
        with kept._database.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table is not identity:
                    connection.execute(table.delete())
        yield CachedStore(kept, MemoryCache(), kept.identity)
        return
    if request.param == "memory":
        opened = open_store("sqlite://")
    else:
        path = shutil.copy(request.getfixturevalue("migrated"), tmp_path / "store.db")
        cache_url = request.getfixturevalue("redis_url") if "redis" in request.param else "memory://"
        opened = open_store(f"sqlite:///{path}", cache_url)
    yield opened
    opened.close()


@pytest.fixture
def anna(store: Store) -> Store:
    """The same with one athlete."""
    store.put_athlete(ANNA)
    return store
