"""The world, made once, and copied for tests that change it; and a small workspace with three accounts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fitintel.access import passwords
from fitintel.core.settings import read as read_settings
from fitintel.workbench import sessions
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate
from tests.access.world import PASSWORD, World, build


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
    least_passwords(monkeypatch)


def least_passwords(patch: pytest.MonkeyPatch) -> None:
    """Argon2id with the least cost: what is tested is not how slow it is."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(passwords, "_hasher", lambda: hasher)
    passwords._nobodys.cache_clear()


@pytest.fixture
def owner(tmp_path: Path, cheap_passwords: None) -> Iterator[Workbench]:
    with Workbench(read_settings({}, home=tmp_path / "home")) as bench:
        bench.add_account("anna", ["athlete"], password=PASSWORD)
        bench.add_account("carl", ["coach"], password=PASSWORD)
        bench.add_account("boss", ["admin"], password=PASSWORD)
        yield bench


@pytest.fixture
def gate(owner: Workbench) -> Gate:
    return Gate(owner.settings, owner.vault)


class Clock(datetime):
    """A clock that can be set forward."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(UTC) + cls.ahead


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    monkeypatch.setattr(sessions, "datetime", Clock)
    yield Clock
    Clock.ahead = timedelta()
