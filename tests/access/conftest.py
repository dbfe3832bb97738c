"""The world, made once, and copied for tests that change it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fitintel.access import passwords
from fitintel.core.settings import read as read_settings
from tests.access.world import World, build


@pytest.fixture(scope="session")
def kept_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Read it; never change it."""
    return build(tmp_path_factory.mktemp("world") / "home")


@pytest.fixture
def world(kept_world: World, tmp_path: Path) -> World:
    """A copy that a test may change."""
    shutil.copytree(kept_world.settings.home, tmp_path / "home")
    return replace(kept_world, settings=read_settings({}, home=tmp_path / "home"))


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with the least cost: what is tested is not how slow it is."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    passwords._nobodys.cache_clear()
