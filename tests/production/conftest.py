"""A small workspace with everything that is backed up, and a place for backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel import Athlete
from fitintel.core.settings import Settings, read
from fitintel.storage import open_blobs, open_store
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.importing import import_files
from fitintel.workbench.keyring import keyring_of
from tests.services import _program

PASSWORD = "a long password of a test"


def table(folder: Path, name: str, year: int, rows: int = 40) -> Path:
    """A table of workouts, all of one year: none is like one of another table."""
    lines = ["id,date,sport,distance (km),duration (min),notes"]
    for row in range(rows):
        lines.append(f"{name}{row},{year}-{1 + row // 28:02}-{1 + row % 28:02},running,{5 + row % 7},{30 + row % 40},x")
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def settings_of(home: Path, repository: Path, **more: str) -> Settings:
    """Settings of a workspace with a place for backups."""
    return read({"FITINTEL_HOME": str(home), "FITINTEL_BACKUP_REPOSITORY": str(repository),
                 "FITINTEL_BACKUP_PASSWORD": PASSWORD,
                 **{f"FITINTEL_{name}": value for name, value in more.items()}})  # fmt: skip


def opened(settings: Settings) -> tuple[Store, Blobs]:
    """Facts and files of a workspace, as its programs open them."""
    keyring = keyring_of(settings)
    return open_store(settings.database_url, keyring=keyring), open_blobs(settings.files_url, keyring)


def fill(settings: Settings, folder: Path) -> None:
    """An athlete with imports, keys, an artifact of MLflow and its database, a written brief."""
    import sqlite3

    store, blobs = opened(settings)
    store.put_athlete(Athlete(id="ann", name="Ann"))
    files = [table(folder, "first", 2024), table(folder, "second", 2025)]
    import_files(store, blobs, "ann", files)
    store.close()
    for name, held in (("audit-keys/old.key", "o" * 40), ("briefs/ann/ann.html", "<p>brief"),
                       ("mlflow-artifacts/1/model.skops", "model" * 100), ("track.log", "passing"),
                       ("audit/anchor.json", "{}")):  # fmt: skip
        path = settings.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(held)
    with sqlite3.connect(settings.home / "mlflow.db") as registry:
        registry.execute("CREATE TABLE models (name TEXT PRIMARY KEY, version INTEGER)")
        registry.execute("INSERT INTO models VALUES ('pmc', 3)")


@pytest.fixture
def workspace(tmp_path: Path) -> Settings:
    """A filled workspace on SQLite."""
    return _filled(tmp_path)


@pytest.fixture(params=("sqlite", "mariadb"))
def each_workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A filled workspace on each kind of database."""
    url = {"DATABASE_URL": str(request.getfixturevalue("mariadb_url"))} if request.param == "mariadb" else {}
    return _filled(tmp_path, **url)


def _filled(folder: Path, **more: str) -> Settings:
    _program("restic")
    settings = settings_of(folder / "home", folder / "repository", **more)
    settings.home.mkdir()
    fill(settings, folder)
    return settings
