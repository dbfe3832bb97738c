"""The database server is killed in the middle: it comes back and the work goes on, or it is said and done again."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text

from fitintel.core.errors import StorageUnavailable
from fitintel.storage import engine
from fitintel.storage.engine import Database
from fitintel.workbench.door import Workbench
from tests.services import MariaDB
from tests.workbench.outages import DAY, facts, folder_of, told


def new_database(server: MariaDB) -> str:
    made = create_engine(server.url, isolation_level="AUTOCOMMIT")
    name = f"test_{secrets.token_hex(6)}"
    with made.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made.dispose()
    return server.url + name


@pytest.fixture
def bench(mortal_mariadb: MariaDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A workspace in a new database on the server that is killed."""
    monkeypatch.setenv("FITINTEL_DATABASE_URL", new_database(mortal_mariadb))
    with Workbench.open(tmp_path / "home") as opened:
        opened.store.athletes()
        yield opened


@pytest.fixture(scope="module")
def places(mortal_mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Statements and commits of an import of the folder and of its brief."""
    place = tmp_path_factory.mktemp("counted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FITINTEL_DATABASE_URL", new_database(mortal_mariadb))
        with Workbench.open(place / "home") as counted:
            counted.store.athletes()
            ticks = Killed(counted, mortal_mariadb, -1, back=False)
            counted.import_files([folder_of(place / "in")], workers=1)
            first = ticks.seen
            counted.brief(day=DAY)
            return {"import": first, "brief": ticks.seen - first}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is known after everything was imported without an outage."""
    place = tmp_path_factory.mktemp("whole")
    with Workbench.open(place / "home") as plain:
        plain.import_files([folder_of(place / "in")], workers=1)
        known = facts(plain)
        known["brief"] = plain.brief(day=DAY).insights
        return known


class Killed:
    """Kills the server before the statement or commit of that number; starts it again at once if told so."""

    def __init__(self, bench: Workbench, server: MariaDB, at: int, *, back: bool) -> None:
        self.seen = 0
        self.died = False
        database: Database = bench.store._store._database  # type: ignore[attr-defined]
        self._engine = database.engine

        def tick(*_: object) -> None:
            self.seen += 1
            if self.seen == at:
                server.kill()
                self.died = True
                if back:
                    threading.Thread(target=server.start).start()

        self._tick = tick
        for name in ("before_cursor_execute", "commit"):
            event.listen(self._engine, name, tick)

    def over(self) -> None:
        for name in ("before_cursor_execute", "commit"):
            event.remove(self._engine, name, self._tick)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.75, 0.98])
def test_a_database_that_is_restarted_in_an_import_is_waited_for(
    bench: Workbench, mortal_mariadb: MariaDB, tmp_path: Path, whole: dict[str, Any], places: dict[str, int],
    share: float, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(engine, "RESTART", 120.0)
    killed = Killed(bench, mortal_mariadb, max(1, int(share * places["import"])), back=True)
    bench.import_files([folder_of(tmp_path / "in")], workers=1)
    killed.over()
    assert killed.died
    assert facts(bench) == {name: of for name, of in whole.items() if name != "brief"}


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.75, 0.98])
def test_a_database_that_stays_away_in_an_import_is_said_and_a_second_import_completes_it(
    bench: Workbench, mortal_mariadb: MariaDB, tmp_path: Path, whole: dict[str, Any], places: dict[str, int],
    share: float, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(engine, "RESTART", 0.2)
    killed = Killed(bench, mortal_mariadb, max(1, int(share * places["import"])), back=False)
    inbox = folder_of(tmp_path / "in")
    with pytest.raises(StorageUnavailable) as caught:
        bench.import_files([inbox], workers=1)
    killed.over()
    assert killed.died
    said = told(caught.value)
    assert "connection to the database was lost" in said
    assert ":***@" in said
    mortal_mariadb.start()
    before = facts(bench)
    assert set(before["workouts"]) <= set(whole["workouts"])
    assert len(before["recordings"]) <= len(whole["recordings"])
    bench.import_files([inbox], workers=1)
    assert facts(bench) == {name: of for name, of in whole.items() if name != "brief"}


@pytest.mark.parametrize("lost", [1, 2, 3, 4])
def test_a_commit_whose_answer_is_lost_doubles_nothing(
    bench: Workbench, mortal_mariadb: MariaDB, tmp_path: Path, whole: dict[str, Any], lost: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from pymysql import connections, err

    monkeypatch.setattr(engine, "RESTART", 120.0)
    commit, commits = connections.Connection.commit, []

    def answer_lost(connection: connections.Connection[Any]) -> None:
        commit(connection)
        if len(commits) < 50:
            commits.append(connection)
            if len(commits) % 5 == lost:
                connection._force_close()  # type: ignore[attr-defined]
                raise err.OperationalError(2013, "Lost connection to MySQL server during query")

    monkeypatch.setattr(connections.Connection, "commit", answer_lost)
    bench.import_files([folder_of(tmp_path / "in")], workers=1)
    assert len(commits) > lost
    assert facts(bench) == {name: of for name, of in whole.items() if name != "brief"}
    assert bench.brief(day=DAY).insights == whole["brief"]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("back", [True, False])
def test_a_database_that_is_killed_in_a_brief_gives_the_same_brief_in_the_end(
    bench: Workbench, mortal_mariadb: MariaDB, tmp_path: Path, whole: dict[str, Any], places: dict[str, int],
    share: float, back: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bench.import_files([folder_of(tmp_path / "in")], workers=1)
    monkeypatch.setattr(engine, "RESTART", 120.0 if back else 0.2)
    killed = Killed(bench, mortal_mariadb, max(1, int(share * places["brief"])), back=back)
    if not back:
        with pytest.raises(StorageUnavailable) as caught:
            bench.brief(day=DAY)
        told(caught.value)
        mortal_mariadb.start()
    assert bench.brief(day=DAY).insights == whole["brief"]
    killed.over()
    assert killed.died
    assert len(bench.store.untracked()) == 1
