"""A filled store behind a cache, and what it must answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import NotFound
from fitintel.storage import open_store
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, a_brief, a_run, an_import, same_brief, some_workouts

WORKOUTS = some_workouts(50)


def fill(store: Store) -> None:
    store.put_athlete(ANNA)
    store.save_import(an_import(), WORKOUTS, [])
    store.save_brief(a_brief(), [a_run()])


def check(store: Store) -> None:
    """All that is cached, asked twice."""
    expected = WORKOUTS.ordered()
    for _ in range(2):
        assert store.workouts("anna", columns=tuple(expected)) == expected
        assert same_brief(store.brief("b-1"), a_brief())
        assert store.run("r-1") == a_run()
        with pytest.raises(NotFound):
            store.brief("b-unknown")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the database was asked for."""
    from fitintel.storage.sql import SqlStore

    seen: list[str] = []
    for name in ("workouts", "brief", "run"):
        original: Callable[..., Any] = getattr(SqlStore, name)

        def spy(*args: Any, _name: str = name, _original: Callable[..., Any] = original, **kwargs: Any) -> Any:
            seen.append(_name)
            return _original(*args, **kwargs)

        monkeypatch.setattr(SqlStore, name, spy)
    return seen


@pytest.fixture
def client(redis_url: str) -> Iterator[Any]:
    import redis

    made = redis.Redis.from_url(redis_url)
    yield made
    made.close()


@pytest.fixture
def store(redis_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}", redis_url)
    fill(opened)
    yield opened
    opened.close()
