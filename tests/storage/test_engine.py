"""Addresses, lost connections, forks: what a database does that is not about facts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from fitintel.core.errors import StorageError, StorageUnavailable, UsageError
from fitintel.storage import engine, open_store
from fitintel.storage.engine import Database, parse
from fitintel.storage.sql import SqlStore
from tests.services import free_port
from tests.storage.examples import ANNA, BEN, an_import, some_workouts


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///x.db", "sqlite"),
        ("sqlite://", "sqlite"),
        ("mysql://u:p@h/d", "mysql+pymysql"),
        ("mysql+pymysql://u:p@h/d", "mysql+pymysql"),
        ("mariadb://u:p@h/d", "mariadb+pymysql"),
    ],
)
def test_the_driver_is_chosen_by_the_database(given: str, driver: str) -> None:
    assert parse(given).drivername == driver


@pytest.mark.parametrize("given", ["", "store.db", "postgresql://u@h/d", "mysql://u:secret@h"])
def test_an_address_that_cannot_be_used_is_refused_without_its_password(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(given)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_unavailable_and_the_password_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "PAUSE", 0.0)
    pytest.importorskip("pymysql")
    with pytest.raises(StorageUnavailable, match="cannot be used") as caught:
        open_store(f"mysql://anna:secret@127.0.0.1:{free_port()}/fit")
    assert "secret" not in str(caught.value)


def test_a_wrong_password_is_unavailable(mariadb_url: str) -> None:
    user, _, rest = mariadb_url.rpartition("@")
    with pytest.raises(StorageUnavailable, match="denied"):
        open_store(f"{user}wrong@{rest}")


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_text("not a database, but long enough to look at: " + "x" * 5000)
    with pytest.raises(StorageError, match="not a database"):
        open_store(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable, match="folder"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'deeper' / 'store.db'}")


def test_while_every_connection_is_in_use_the_database_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'store.db'}")
    held = [database.engine.connect() for _ in range(15)]
    database.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
    with pytest.raises(StorageUnavailable, match="in use"):
        database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
    for one in held:
        one.close()
    assert database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one()) == 1
    database.close()


def test_a_locked_database_is_unavailable_and_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SQLITE_PRAGMAS", ("busy_timeout = 50", "foreign_keys = ON"))
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store, other = SqlStore(url), Database(url)
    with other.engine.connect() as connection:
        connection.execution_options(fitintel_write=True).begin()
        with pytest.raises(StorageUnavailable, match="locked"):
            store.put_athlete(ANNA)
    assert store.athletes() == ()
    store.close()
    other.close()


def test_a_connection_that_the_server_closed_is_replaced(mariadb_url: str) -> None:
    store = SqlStore(mariadb_url)
    store.put_athlete(ANNA)
    other = Database(mariadb_url)
    with other.engine.connect() as connection:
        mine = connection.execute(text("SELECT connection_id()")).scalar_one()
        asked = text("SELECT id FROM information_schema.processlist WHERE id <> :mine AND db = DATABASE()")
        for thread in connection.execute(asked, {"mine": mine}).scalars().all():
            connection.execute(text(f"KILL {thread}"))
    store.save_import(an_import(), some_workouts(5), [])
    assert len(store.workouts("anna")) == 5
    store.close()
    other.close()


def failing(times: int, arguments: tuple[Any, ...]) -> Any:
    """Work that fails as the driver would, and counts."""
    calls = []

    def work(connection: Any) -> int:
        calls.append(connection)
        if len(calls) <= times:
            raise OperationalError("INSERT", {}, Exception(*arguments))
        return len(calls)

    return work


@pytest.mark.parametrize("code", sorted(engine.RETRIED))
def test_a_deadlock_or_a_lost_connection_is_retried_as_a_whole(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PAUSE", 0.0)
    assert Database("sqlite://").write(failing(2, (code, "Deadlock found"))) == 3


def test_retries_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PAUSE", 0.0)
    with pytest.raises(StorageUnavailable, match="Deadlock"):
        Database("sqlite://").write(failing(engine.ATTEMPTS, (1213, "Deadlock found")))


def test_another_error_is_not_retried() -> None:
    with pytest.raises(StorageUnavailable, match="disk I/O"):
        Database("sqlite://").write(failing(1, ("disk I/O error",)))


def test_writers_that_lock_in_opposite_order_both_succeed(mariadb_url: str) -> None:
    import threading
    from concurrent.futures import ThreadPoolExecutor

    store = SqlStore(mariadb_url)
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    both_hold_one = threading.Barrier(2)

    def add_one(order: list[str]) -> int:
        attempts = []

        def work(connection: Any) -> int:
            attempts.append(1)
            for number, athlete in enumerate(order):
                change = text("UPDATE athletes SET goal_days = coalesce(goal_days, 0) + 1 WHERE id = :id")
                connection.execute(change, {"id": athlete})
                if number == 0 and len(attempts) == 1:
                    both_hold_one.wait(10)
            return len(attempts)

        return store._database.write(work)

    with ThreadPoolExecutor(2) as pool:
        attempts = list(pool.map(add_one, (["anna", "ben"], ["ben", "anna"])))
    assert sorted(attempts) == [1, 2], "one was the victim of the deadlock and tried again"
    assert [athlete.goal_days for athlete in store.athletes()] == [ANNA.goal_days + 2, 2.0]  # type: ignore[operator]
    store.close()


def test_a_forked_child_uses_connections_of_its_own(database_url: str) -> None:
    store = SqlStore(database_url)
    store.put_athlete(ANNA)
    inherited = store._database.engine.pool
    child = os.fork()
    if child == 0:
        status = 1
        try:
            store.put_athlete(BEN)
            status = 0 if len(store.athletes()) == 2 and store._database.engine.pool is not inherited else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert store._database.engine.pool is inherited
    assert store.athletes() == (ANNA, BEN)
    store.close()
