"""A cache may be lost, emptied, poisoned or slow: answers stay the same."""

from __future__ import annotations

import logging
import pickle
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import NotFound, UsageError
from fitintel.core.workouts import Workouts
from fitintel.storage import cache, open_store
from fitintel.storage.cache import MemoryCache, RedisCache, open_cache
from fitintel.storage.store import Store
from tests.services import redis_server
from tests.storage.examples import ANNA, a_brief, a_run, an_import, same_brief, some_workouts

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache

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


def test_a_flushed_redis_changes_nothing(store: Store, client: Any) -> None:
    check(store)
    assert client.dbsize() == 3
    client.flushall()
    check(store)
    assert client.dbsize() == 3


GARBAGE = {
    "empty": lambda old: b"",
    "noise": lambda old: bytes(range(256)),
    "text": lambda old: b'{"ct": 1, "v": 2}',
    "no seal": lambda old: b'{"ct": 1, "v": 2}|' + b"x" * 100,
    "foreign list": lambda old: b"[1, 2]|abc",
    "foreign object": lambda old: b"{}|abc",
    "another version": lambda old: b'{"ct": 1, "v": 1}|' + old.partition(b"|")[2],
    "cut short": lambda old: old[:-1],
    "one bit": lambda old: old[:-1] + bytes([old[-1] ^ 1]),
    "pickle": lambda old: b'{"ct": 1, "v": 2}|' + pickle.dumps(Bomb()),
}


class Bomb:
    def __reduce__(self) -> Any:
        return (explode, ())


def explode() -> None:
    raise AssertionError("a value from Redis was unpickled")


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_in_redis_changes_nothing(store: Store, client: Any, kind: str) -> None:
    check(store)
    keys = client.keys()
    assert len(keys) == 3
    for key in keys:
        client.set(key, GARBAGE[kind](client.get(key)))
    check(store)
    assert all(len(client.get(key)) > 100 for key in keys), "garbage is replaced"


def test_a_value_under_the_key_of_another_changes_nothing(store: Store, client: Any) -> None:
    check(store)
    keys = client.keys()
    values = client.mget(keys)
    for key, value in zip(keys, values[1:] + values[:1], strict=True):
        client.set(key, value)
    check(store)


def test_values_of_another_type_in_redis_change_nothing(store: Store, client: Any) -> None:
    check(store)
    for key in client.scan_iter():
        client.delete(key)
        client.rpush(key, "a list")
    check(store)


def test_redis_stopped_in_the_middle_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with redis_server() as (url, process):
        store = open_store(f"sqlite:///{tmp_path / 'store.db'}", url)
        fill(store)
        check(store)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with caplog.at_level(logging.WARNING):
            check(store)
            check(store)
    assert [record.message.split(";")[0] for record in caplog.records] == ["Redis does not answer"]
    store.close()


def test_a_redis_that_never_ran_changes_nothing(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}", f"redis://127.0.0.1:{port}/0")
    fill(store)
    check(store)
    store.close()


@pytest.fixture
def mute() -> Iterator[tuple[str, list[float]]]:
    """A Redis that takes questions and never answers: its URL, and when it was asked."""
    calls: list[float] = []
    held = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    held.append(listener.accept()[0])
                except OSError:
                    return
                calls.append(time.monotonic())

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0", calls
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    for connection in held:
        connection.close()


def test_a_mute_redis_changes_nothing_and_is_asked_once(tmp_path: Path, mute: tuple[str, list[float]]) -> None:
    url, calls = mute
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}", url)
    fill(store)
    for _ in range(20):
        check(store)
    assert len(calls) == 1, "after a failure Redis is left alone for a while"
    store.close()


def test_redis_is_asked_again_after_the_quiet_time(
    mute: tuple[str, list[float]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url, calls = mute
    monkeypatch.setattr(cache, "QUIET", 0.0)
    asked = RedisCache(url)
    with caplog.at_level(logging.WARNING):
        assert asked.get("a") is None
        assert asked.get("a") is None
    assert len(calls) == 2
    assert len(caplog.records) == 1, "one outage is reported once"


def test_a_redis_that_comes_back_is_used_again(redis_url: str, caplog: pytest.LogCaptureFixture) -> None:
    tried = RedisCache(redis_url)
    tried._failed(ConnectionError("gone"))
    caplog.clear()
    tried.put("a", b"1")
    assert tried.get("a") is None
    tried._quiet_until = 0.0
    with caplog.at_level(logging.WARNING):
        tried.put("a", b"1")
        assert tried.get("a") == b"1"
    assert [record.message for record in caplog.records] == ["Redis answers again"]
    tried.close()


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
