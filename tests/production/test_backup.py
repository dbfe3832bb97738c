"""Backup, wipe, restore: every table, file and model is there again, byte for byte."""

from __future__ import annotations

import hashlib
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from fitintel import Athlete, Workbench
from fitintel.core.errors import NotFound, StorageError, UsageError
from fitintel.core.settings import Settings
from fitintel.storage.digests import table_digests
from fitintel.workbench.backing_up.drill import drill
from fitintel.workbench.backing_up.making import alone, back_up, noted
from fitintel.workbench.backing_up.restic import Restic
from fitintel.workbench.backing_up.restoring import restore
from fitintel.workbench.backing_up.verifying import verify
from fitintel.workbench.importing import import_files
from tests.production.conftest import PASSWORD, opened, table

MADE_AGAIN = ("backup", "track.log", "fitintel.db", "mlflow.db")


def files_of(home: Path) -> dict[str, str]:
    """Path -> SHA-256 of everything that has to come back as it was."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.relative_to(home).parts[0] not in MADE_AGAIN and path.suffix != ".db-wal"
        and path.suffix != ".db-shm"
    }  # fmt: skip


def wipe(settings: Settings) -> None:
    """As if the disk was lost."""
    shutil.rmtree(settings.home)
    if not settings.database_url.startswith("sqlite"):
        from sqlalchemy import create_engine, inspect, text

        engine = create_engine(settings.database_url)
        with engine.begin() as connection:
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for name in inspect(connection).get_table_names():
                connection.execute(text(f"DROP TABLE {name}"))
        engine.dispose()


def test_what_was_wiped_is_back_to_the_byte(each_workspace: Settings) -> None:
    tables, files = table_digests(each_workspace.database_url), files_of(each_workspace.home)
    registry = table_digests(each_workspace.mlflow_uri)
    assert any(rows for rows, _ in tables.values())
    made = back_up(each_workspace)
    wipe(each_workspace)
    done = restore(each_workspace)
    assert done.snapshot == made.snapshot
    assert table_digests(each_workspace.database_url) == tables
    assert table_digests(each_workspace.mlflow_uri) == registry == {"models": (1, registry["models"][1])}
    assert files_of(each_workspace.home) == files
    assert not (each_workspace.home / "track.log").exists()
    store, _ = opened(each_workspace)
    assert len(store.workouts("ann")) == 80
    store.close()


def test_a_backup_during_an_import_is_of_one_moment_and_the_import_completes_it(
    each_workspace: Settings, tmp_path: Path
) -> None:
    more = [table(tmp_path, f"more{number}", 2010 + number, 60) for number in range(12)]
    begun = threading.Event()

    def take_in() -> None:
        store, blobs = opened(each_workspace)
        for number, file in enumerate(more):
            import_files(store, blobs, "ann", [file])
            if number == 1:
                begun.set()
        store.close()

    writer = threading.Thread(target=take_in)
    writer.start()
    assert begun.wait(60)
    back_up(each_workspace)
    writer.join()
    whole = table_digests(each_workspace.database_url)["workouts"]
    wipe(each_workspace)
    restore(each_workspace)
    store, blobs = opened(each_workspace)
    imports = store.imports("ann")
    for one in imports:
        assert len(blobs.get("raw", one.sha256)) == one.size
    assert len(store.workouts("ann")) == 80 + 60 * (len(imports) - 2)
    assert 4 <= len(imports) <= 14
    import_files(store, blobs, "ann", more)
    rows, _ = table_digests(each_workspace.database_url)["workouts"]
    assert rows == whole[0]
    store.close()


def test_a_workspace_that_is_there_is_not_replaced_unasked(workspace: Settings) -> None:
    back_up(workspace)
    before = table_digests(workspace.database_url)
    with pytest.raises(UsageError, match="already"):
        restore(workspace)
    assert table_digests(workspace.database_url) == before


def test_a_forced_restore_takes_away_what_came_later(workspace: Settings, tmp_path: Path) -> None:
    back_up(workspace)
    before, files = table_digests(workspace.database_url), files_of(workspace.home)
    store, blobs = opened(workspace)
    import_files(store, blobs, "ann", [table(tmp_path, "later", 2020)])
    store.close()
    assert table_digests(workspace.database_url) != before
    restore(workspace, force=True)
    assert table_digests(workspace.database_url) == before
    assert files_of(workspace.home) == files


def test_who_was_erased_since_is_erased_again_before_anything_opens(workspace: Settings, tmp_path: Path) -> None:
    store, blobs = opened(workspace)
    store.put_athlete(Athlete(id="bob", name="Bob"))
    import_files(store, blobs, "bob", [table(tmp_path, "bobs", 2023)])
    others = store.workouts("ann")["id"].tolist()
    store.close()
    back_up(workspace)
    with Workbench(workspace) as bench:
        bench.erase("bob", "bob")
    back_up(workspace)
    shutil.rmtree(workspace.home)
    with_bob = Restic(workspace).snapshots("data")[0].id
    assert restore(workspace, with_bob).erased_again == 1
    store, _ = opened(workspace)
    assert [one.id for one in store.athletes()] == ["ann"]
    assert store.workouts("ann")["id"].tolist() == others
    store.close()


def test_keys_come_from_the_newest_backup_and_never_over_one_that_is_here(workspace: Settings) -> None:
    first = back_up(workspace)
    key = workspace.home / "other.key"
    key.write_text("n" * 40)
    back_up(workspace)
    key.write_text("h" * 40)
    restore(workspace, first.snapshot, force=True)
    assert key.read_text() == "h" * 40
    wipe(workspace)
    restore(workspace, first.snapshot)
    assert key.read_text() == "n" * 40


def test_the_data_of_a_backup_hold_no_key(workspace: Settings, tmp_path: Path) -> None:
    back_up(workspace)
    restic = Restic(workspace)
    restic.restore(restic.named("data", "latest"), tmp_path / "all")
    assert not list((tmp_path / "all").rglob("*.key"))
    key = (workspace.home / "secret.key").read_bytes().strip()
    assert len(key) > 40
    assert not any(key in path.read_bytes() for path in (tmp_path / "all").rglob("*") if path.is_file())
    assert not list((tmp_path / "all").rglob("keyring"))


def test_the_repository_is_unreadable_without_its_password(workspace: Settings, tmp_path: Path) -> None:
    back_up(workspace)
    held = b"".join(path.read_bytes() for path in (tmp_path / "repository").rglob("*") if path.is_file())
    assert b"first1" not in held
    assert b"running" not in held
    other = replace(workspace, accounts={**workspace.accounts, "BACKUP_PASSWORD": "x" * 20})
    with pytest.raises(StorageError):
        restore(other, force=True)


def test_the_drill_says_how_old_the_backup_is_and_leaves_the_workspace_alone(
    each_workspace: Settings, mariadb_server: str
) -> None:
    back_up(each_workspace)
    before = table_digests(each_workspace.database_url)
    spare = None
    if not each_workspace.database_url.startswith("sqlite"):
        with pytest.raises(UsageError, match="empty database"):
            drill(each_workspace)
        spare = _database(mariadb_server)
    found = drill(each_workspace, database_url=spare)
    assert 0 < found.rpo < 600
    assert 0 < found.rto < 600
    assert found.found["files"] == len(list((each_workspace.home / "files").glob("*/??/*")))
    assert found.found["rows"] == sum(rows for rows, _ in before.values())
    assert table_digests(each_workspace.database_url) == before


def test_one_backup_at_a_time(workspace: Settings) -> None:
    with alone(workspace), pytest.raises(UsageError, match="running"):
        back_up(workspace)


def test_what_was_done_last_is_noted_for_monitoring(workspace: Settings) -> None:
    made = back_up(workspace)
    verify(workspace)
    held = noted(workspace)
    assert held["made"]["snapshot"] == made.snapshot  # type: ignore[index]
    assert held["damaged"] == 0


def test_a_backup_that_is_not_there_is_named(workspace: Settings) -> None:
    back_up(workspace)
    with pytest.raises(NotFound, match="12345678"):
        restore(workspace, "12345678", force=True)


@pytest.mark.parametrize("password", ["", "xyzzy"])
def test_without_a_good_password_nothing_is_written(workspace: Settings, tmp_path: Path, password: str) -> None:
    weak = replace(workspace, accounts={**workspace.accounts, "BACKUP_PASSWORD": password})
    with pytest.raises(UsageError, match="password") as error:
        back_up(weak)
    assert password == "" or password not in str(error.value)
    assert not (tmp_path / "repository").exists()
    assert PASSWORD not in repr(workspace)


def _database(server: str) -> str:
    import secrets

    from sqlalchemy import create_engine, text

    name = f"drill_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server + name
