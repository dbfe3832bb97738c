"""What was asked of each level of cache, and whether it was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.core import counted
from fitintel.storage import open_store
from fitintel.storage.cache import MemoryCache, RedisCache
from fitintel.storage.fleet_columns import FleetColumns
from tests.storage.examples import ANNA


@pytest.fixture
def since() -> dict[tuple[str, str], int]:
    """(level, outcome) -> how often, since the fixture."""
    before = counted.counts()

    class Since(dict[tuple[str, str], int]):
        def __missing__(self, key: tuple[str, str]) -> int:
            level, outcome = key
            found = "caches", (("level", level), ("outcome", outcome))
            return counted.counts().get(found, 0) - before.get(found, 0)

    return Since()


def test_the_process_counts_what_it_had_and_what_it_had_not(since: dict[tuple[str, str], int]) -> None:
    cache = MemoryCache()
    assert cache.get("a") is None
    cache.put("a", b"bytes")
    assert cache.get("a") == cache.get("a") == b"bytes"
    assert (since["process", "hit"], since["process", "miss"]) == (2, 1)


def test_redis_that_is_away_has_nothing(since: dict[tuple[str, str], int]) -> None:
    pytest.importorskip("redis", reason="the driver for Redis is not installed (pip install 'fitintel[redis]')")
    cache = RedisCache("redis://127.0.0.1:1/0")
    assert cache.get("a") is cache.get("a") is None
    assert (since["redis", "hit"], since["redis", "miss"]) == (0, 2)


def test_columns_are_read_from_the_store_once_for_each_change(
    since: dict[tuple[str, str], int], tmp_path: Path
) -> None:  # fmt: skip
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}", "memory://")
    store.put_athlete(ANNA)
    columns = FleetColumns(store, tmp_path / "columns")
    for _ in range(3):
        assert [part.athletes for part in columns.parts(("day", "duration"))] == [(ANNA.id,)]
    assert (since["columns", "miss"], since["columns", "hit"]) == (1, 2)
    store.close()
