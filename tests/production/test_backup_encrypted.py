"""Backup and restore of an encrypted database: no byte of it is readable on the way, and its key comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fitintel.core.errors import StorageUnavailable
from fitintel.core.settings import Settings
from fitintel.storage.copies import copy_database, suits
from fitintel.storage.digests import table_digests
from fitintel.workbench.backing_up.drill import drill
from fitintel.workbench.backing_up.making import back_up
from fitintel.workbench.backing_up.restoring import restore
from fitintel.workbench.backing_up.verifying import verify
from tests.production.conftest import fill, opened, settings_of
from tests.services import _program

pytest.importorskip("sqlcipher3", reason="pip install 'fitintel[sqlcipher]'")
READABLE = (b"SQLite format", b"CREATE TABLE", b"workouts")


@pytest.fixture(params=("home", "elsewhere"))
def sealed(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A filled workspace whose database is encrypted, with the key in it or in a folder of its own."""
    _program("restic")
    home = tmp_path / "home"
    key = (home if request.param == "home" else tmp_path / "elsewhere") / "database.key"
    key.parent.mkdir()
    home.mkdir(exist_ok=True)
    url = f"sqlite+sqlcipher:///{home / 'fitintel.db'}?key_file={key}"
    settings = settings_of(home, tmp_path / "repository", DATABASE_URL=url)
    fill(settings, tmp_path)
    return settings


def test_an_encrypted_database_is_back_to_the_row_with_its_key(sealed: Settings, tmp_path: Path) -> None:
    before = table_digests(sealed.database_url)
    assert before["workouts"][0] == 80
    made = back_up(sealed)
    verify(sealed)
    found = drill(sealed).found
    assert found["rows"] == sum(rows for rows, _ in before.values())
    shutil.rmtree(sealed.home)
    shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
    assert restore(sealed).snapshot == made.snapshot
    assert table_digests(sealed.database_url) == before
    data = (sealed.home / "fitintel.db").read_bytes()
    assert not any(word in data for word in READABLE)
    store, _ = opened(sealed)
    assert len(store.workouts("ann")) == 80
    store.close()


def test_the_copy_is_encrypted_and_of_no_use_without_the_key(sealed: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    copy = copy_database(sealed.database_url, folder, "facts")
    assert copy is not None
    data = copy.read_bytes()
    assert not any(word in data for word in READABLE)
    assert suits(copy, sealed.database_url)
    assert not suits(copy, f"sqlite:///{tmp_path / 'plain.db'}")
    other = f"sqlite+sqlcipher:///{copy}?key_file={tmp_path / 'other.key'}"
    with pytest.raises(StorageUnavailable, match="key is another one"):
        table_digests(other)
