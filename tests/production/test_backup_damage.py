"""One changed byte anywhere in the repository is noticed before the backup is needed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fitintel.core.errors import StorageError
from fitintel.core.settings import Settings
from fitintel.workbench.backing_up.making import back_up, noted
from fitintel.workbench.backing_up.verifying import changed, verify
from tests.production.conftest import fill, settings_of
from tests.services import _program

SEED = 20261123


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    _program("restic")
    folder = tmp_path_factory.mktemp("damage")
    settings = settings_of(folder / "home", folder / "repository")
    settings.home.mkdir()
    fill(settings, folder)
    back_up(settings)
    return settings


def files_of(settings: Settings) -> list[Path]:
    """Files of the repository, each kind in turn, so that few flips still touch every kind."""
    repository = Path(settings.accounts["BACKUP_REPOSITORY"])
    kinds = [sorted(path for path in (repository / kind).rglob("*") if path.is_file())
             for kind in ("data", "index", "snapshots", "keys")] + [[repository / "config"]]  # fmt: skip
    longest = max(map(len, kinds))
    return [kind[place % len(kind)] for place in range(longest) for kind in kinds]


@pytest.mark.parametrize("flips", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_every_flipped_byte_is_found(backed_up: Settings, flips: int) -> None:
    chance, found = random.Random(SEED), 0
    files = files_of(backed_up)
    for number in range(flips):
        path = files[number % len(files)]
        path.chmod(0o600)
        held = path.read_bytes()
        place = chance.randrange(len(held))
        path.write_bytes(held[:place] + bytes([held[place] ^ (1 << chance.randrange(8))]) + held[place + 1 :])
        try:
            with pytest.raises(StorageError):
                verify(backed_up)
            found += 1
        finally:
            path.write_bytes(held)
    print(f"{found} of {flips} flipped bytes were found")
    verify(backed_up)


def test_the_damaged_file_is_named(backed_up: Settings) -> None:
    path = files_of(backed_up)[0]
    path.chmod(0o600)
    held = path.read_bytes()
    path.write_bytes(held[:-1])
    with pytest.raises(StorageError, match=path.name[:20]):
        verify(backed_up)
    assert noted(backed_up)["damaged"] == 1
    path.write_bytes(held)
    assert changed(Path(backed_up.accounts["BACKUP_REPOSITORY"])) == []
