"""A cache that is flushed, garbled, mute or gone changes nothing."""

from __future__ import annotations

import logging
import pickle
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.storage import cache, open_store
from fitintel.storage.cache import RedisCache
from fitintel.storage.store import Store
from tests.services import redis_server
from tests.storage.caching.conftest import check, fill

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache


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


def test_when_the_quiet_time_is_over_one_of_many_waits_for_redis(
    mute: tuple[str, list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, calls = mute
    asked = RedisCache(url)
    assert asked.get("a") is None
    asked._quiet_until = 0.0
    threads = [threading.Thread(target=asked.get, args=("a",)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert len(calls) == 2


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
