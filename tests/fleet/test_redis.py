"""A night beside a Redis in trouble: the same bytes."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fitintel.core.nights import Done
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly.athlete import Night, Some, Task
from fitintel.workbench.nightly.some import make
from tests.fleet.conftest import LAST, files
from tests.services import redis_server

FleetOf = Callable[..., Path]


def night(home: Path, out: Path) -> dict[str, bytes]:
    """The files of a night made in this process."""
    with Workbench.open(home) as bench:
        night = Night(bench.settings, bench.actor, LAST, out, brief_files, None, 60, None)
        tasks = tuple(Task(one.id, "inputs") for one in bench.athletes())
    assert {row.done for row in make(Some(night, tasks))} == {Done.MADE}
    return files(out)


@contextmanager
def mute() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    held.append(listener.accept()[0])
            except OSError:
                return  # closed

        threading.Thread(target=take, daemon=True).start()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        listener.shutdown(socket.SHUT_RDWR)
        for one in held:
            one.close()


def test_redis_stopped_flushed_filled_with_garbage_or_slow_gives_the_same_bytes(
    fleet_of: FleetOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import redis

    home = fleet_of(2, weeks=20)

    def made(name: str, url: str) -> dict[str, bytes]:
        monkeypatch.setenv("FITINTEL_CACHE_URL", url)
        shutil.copytree(home, tmp_path / name)
        return night(tmp_path / name, tmp_path / f"{name}-out")

    expected = made("without", "memory://")
    assert len(expected) == 6
    with redis_server() as (url, process):
        client = redis.Redis.from_url(url)
        assert made("warm", url) == expected
        assert client.dbsize()
        client.flushall()
        assert made("flushed", url) == expected
        for key in client.keys("*"):
            client.set(key, os.urandom(200))
        assert made("garbage", url) == expected
        process.kill()
        process.wait()
        assert made("stopped", url) == expected
    with mute() as url:
        assert made("slow", url) == expected
