"""Started again under load, one instance after another: no request fails, and who follows live misses nothing."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from fitintel.core.events import Topic
from fitintel.workbench.happening import event
from tests.gate.sockets import opened
from tests.production.conftest import table
from tests.production.load import Load, wishes
from tests.production.up import PASSWORD, Up, until
from tests.services import _program, folder

NAME = "gate.example"
"""that tests/gate/sockets.py asks for"""
SMALL = ("--apps=2", "--without=lab", "--without=mlflow", "--without=coach", "--without=schedule",
         "--without=prometheus", "--without=alertmanager", "--without=metrics")  # fmt: skip
RATE = 50.0
TO_COME_AGAIN = 1012


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    for program in ("nginx", "mariadbd", "redis-server"):
        _program(program)
    with rolling_up() as made:
        yield made


@contextmanager
def rolling_up() -> Iterator[Up]:
    """A workspace with an athlete's brief and their account, up with two instances of REST and of the app."""
    with folder("roll") as home:
        home.chmod(0o711)
        started = Up(home / "w", *SMALL, name=NAME)
        try:
            started.wait()
            word = home / "password"
            word.write_text(PASSWORD)
            word.chmod(0o600)
            started.run("import", str(table(home, "runs", 2025)), "--athlete", "ann")
            started.run("account", "add", "ann", "--role", "athlete", "--password-file", str(word))
            started.run("nightly", "--workers", "1")
            yield started
        finally:
            started.stop()


class Follower:
    """Follows an athlete's events over a socket, and comes again when the server says that it restarts."""

    def __init__(self, up: Up, cookies: dict[str, str]) -> None:
        self._up, self._token = up, next(iter(cookies.values()))
        self.seen: list[int] = []
        self.closed: list[int] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        while not self.stop.is_set():
            try:
                with opened("/api/v1/live", self._up.port, self._up.tls(), {},
                            headers={"authorization": f"Bearer {self._token}"}) as made:  # fmt: skip
                    after = {"after": self.seen[-1]} if self.seen else {}
                    made.send(json.dumps({"type": "subscribe", "topic": "briefs", "athlete": "ann", **after}))
                    while not self.stop.is_set():
                        try:
                            said: dict[str, Any] = json.loads(made.recv(timeout=0.5))
                        except TimeoutError:
                            continue
                        if said["type"] == "event":
                            self.seen.append(said["id"])
            except ConnectionClosed as ended:
                self.closed.append(ended.rcvd.code if ended.rcvd else 0)
            except InvalidStatus as refused:
                self.closed.append(refused.response.status_code)

    def close(self) -> None:
        self.stop.set()
        self._thread.join(60)


def restarts_under_load(up: Up, times: int) -> dict[str, Any]:
    """Restart REST and the app `times` times at 50 requests a second, with one who follows live; the figures."""
    cookies = up.cookies("ann")
    load = Load(up.origin, up.tls(), wishes(cookies, "ann"), RATE)
    thread = threading.Thread(target=lambda: asyncio.run(load.run()))
    before = {name: one.pid for name, one in up.states().items()}
    took = []
    with closing(Follower(up, cookies)) as follower, up.inside() as bench:
        telling = threading.Event()
        made: list[int] = []

        def tell() -> None:
            while not telling.wait(0.2):
                bench.vault.put_events([event(Topic.BRIEFS, "made", "ann", number=len(made))])
                made.append(bench.vault.newest_event())

        teller = threading.Thread(target=tell)
        thread.start()
        until(lambda: load.sent > RATE, "the load runs")
        teller.start()
        until(lambda: follower.seen, "the follower hears")
        for _ in range(times):
            began = time.monotonic()
            done = subprocess.run([sys.executable, "-m", "fitintel", "up", "restart"], env=up.given,
                                  capture_output=True, text=True)  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
            took.append(round(time.monotonic() - began, 1))
        telling.set()
        teller.join(60)
        load.stopped = True
        thread.join(120)
        until(lambda: follower.seen[-1] >= made[-1], "the follower has heard the last event")
    after = {name: one.pid for name, one in up.states().items()}
    return {**load.figures(), "restarts": times, "restart_s": took, "events": len(made),
            "events_missed": len(set(made) - set(follower.seen) - set(range(follower.seen[0]))),
            "events_repeated": len(follower.seen) - len(set(follower.seen)), "sockets_closed_with": follower.closed,
            "new_processes": sorted(name for name in before if before[name] != after[name])}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 10])
def test_no_request_fails_while_processes_are_started_again_one_after_another(up: Up, times: int) -> None:
    found = restarts_under_load(up, times)
    print(json.dumps(found, indent=1))
    assert found["failures"] == {}
    assert found["requests"] > RATE
    assert set(found["new_processes"]) == {"api-1", "api-2", "app-1", "app-2"}
    # the one socket was closed by each process that it was open to, and by no other
    assert set(found["sockets_closed_with"]) == {TO_COME_AGAIN}
    assert (found["events_missed"], found["events_repeated"]) == (0, 0)
