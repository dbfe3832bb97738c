"""A database moved to one of another kind holds the same rows, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from fitintel.core.errors import StorageError, UsageError
from fitintel.storage import moving
from fitintel.storage.digests import digest_of, table_digests
from fitintel.storage.engine import Database
from fitintel.storage.moving import move, tables
from tests.production.conftest import fill, opened, settings_of


@pytest.fixture
def source(tmp_path: Path) -> str:
    settings = settings_of(tmp_path / "home", tmp_path / "repository")
    settings.home.mkdir()
    fill(settings, tmp_path)
    return settings.database_url


def held(url: str) -> dict[str, tuple[int, str]]:
    database = Database(url)
    found = database.read(lambda connection: {table.name: digest_of(connection, table) for table in tables()})
    database.close()
    return found


def test_every_row_is_the_same_in_mariadb_and_back_in_sqlite(source: str, mariadb_url: str, tmp_path: Path) -> None:
    before = held(source)
    moved = move(source, mariadb_url)
    assert moved["workouts"] == 80
    assert held(mariadb_url) == held(source) == before
    back = f"sqlite:///{tmp_path / 'back.db'}"
    move(mariadb_url, back)
    assert held(back) == before
    store, _ = opened(settings_of(tmp_path / "home", tmp_path / "repository", DATABASE_URL=back))
    assert len(store.workouts("ann")) == 80
    store.close()


def test_a_database_with_rows_is_not_written_to(source: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'other.db'}"
    move(source, target)
    before = table_digests(target)
    with pytest.raises(UsageError, match="not empty"):
        move(source, target)
    assert table_digests(target) == before


def test_what_did_not_arrive_as_it_was_is_not_kept(source: str, tmp_path: Path) -> None:
    target = Database(f"sqlite:///{tmp_path / 'other.db'}")
    moving.prepare(target)
    with target.engine.begin() as connection:
        connection.execute(text("CREATE TRIGGER lossy AFTER INSERT ON workouts BEGIN"
                                " UPDATE workouts SET duration = duration + 1; END"))  # fmt: skip
    with pytest.raises(StorageError, match="did not arrive"):
        move(source, f"sqlite:///{tmp_path / 'other.db'}")
    with target.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM athletes")).scalar() == 0
    target.close()
