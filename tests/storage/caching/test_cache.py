"""What a cache answers, keeps apart and forgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import NotFound, UsageError
from fitintel.core.workouts import Workouts
from fitintel.storage import cache, open_store
from fitintel.storage.cache import MemoryCache, open_cache
from fitintel.storage.store import Store
from tests.storage.caching.conftest import check, fill
from tests.storage.examples import ANNA, a_brief, an_import, same_brief, some_workouts

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


def test_the_second_question_is_answered_by_redis(store: Store, asked: list[str]) -> None:
    check(store)
    assert asked == ["workouts", "brief", "run", "brief", "brief"], "only unknown briefs are asked for again"


def test_the_second_question_is_answered_in_process(asked: list[str]) -> None:
    store = open_store("sqlite://")
    fill(store)
    check(store)
    assert asked == ["workouts", "brief", "run", "brief", "brief"]


def test_another_process_is_answered_by_redis(store: Store, redis_url: str, tmp_path: Path, asked: list[str]) -> None:
    check(store)
    asked.clear()
    other = open_store(f"sqlite:///{tmp_path / 'store.db'}", redis_url)
    check(other)
    other.close()
    assert set(asked) == {"brief"}


def test_two_databases_share_one_redis_without_meeting(store: Store, redis_url: str, tmp_path: Path) -> None:
    check(store)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}", redis_url)
    other.put_athlete(ANNA)
    assert len(other.workouts("anna")) == 0
    with pytest.raises(NotFound):
        other.brief("b-1")
    with pytest.raises(NotFound):
        other.run("r-1")
    other.close()


def test_a_write_by_another_process_is_seen_at_once(store: Store, redis_url: str, tmp_path: Path) -> None:
    check(store)
    other = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    other.save_import(an_import("i-2"), some_workouts(5, seed=2), [])
    other.close()
    assert len(store.workouts("anna")) == 55


def test_a_restored_backup_is_not_mixed_up_with_what_was_cached_since(
    store: Store, redis_url: str, tmp_path: Path
) -> None:
    import sqlite3

    backup = tmp_path / "backup.db"
    source, target = sqlite3.connect(tmp_path / "store.db"), sqlite3.connect(backup)
    source.backup(target)
    source.close(), target.close()
    store.save_import(an_import("i-2"), some_workouts(5, seed=2), [])
    assert len(store.workouts("anna")) == 55
    restored = open_store(f"sqlite:///{backup}", redis_url)
    check(restored)
    restored.save_import(an_import("i-3"), some_workouts(7, seed=3), [])
    assert len(restored.workouts("anna")) == 57
    restored.close()


def test_entries_leave_redis_by_themselves(store: Store, client: Any) -> None:
    check(store)
    assert all(0 < client.ttl(key) <= cache.EXPIRES for key in client.scan_iter())


def test_large_values_stay_out_of_redis(store: Store, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST_VALUE", 10)
    check(store)
    assert client.dbsize() == 0


def test_the_memory_cache_is_bounded_and_forgets_the_least_recently_used() -> None:
    kept = MemoryCache(limit=10)
    kept.put("a", b"1234")
    kept.put("b", b"1234")
    assert kept.get("a") == b"1234"
    kept.put("c", b"1234")
    assert [kept.get(key) for key in "abc"] == [b"1234", None, b"1234"]
    kept.put("a", b"123456")
    assert kept.get("c") == b"1234"
    kept.put("d", b"x" * 11)
    assert kept.get("d") is None
    assert kept.get("a") == b"123456"


def test_what_a_caller_does_to_a_brief_stays_with_the_caller() -> None:
    store = open_store("sqlite://")
    fill(store)
    for _ in range(3):
        brief = store.brief("b-1")
        assert same_brief(brief, a_brief())
        brief.charts["load"]["names"].append("spoiled")  # type: ignore[index]
    assert isinstance(store.workouts("anna"), Workouts)


@pytest.mark.parametrize("url", ["memcached://localhost", "redis", "", "memory://x"])
def test_an_unknown_cache_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="cache address"):
        open_cache(url)


def test_a_wrong_redis_address_is_refused() -> None:
    with pytest.raises(UsageError, match="Redis address"):
        open_cache("redis://localhost:port/0")
