"""Each process in turn is killed, then stopped: what depends on it waits or goes on, an alert fires, it comes back.

Promises R7 to R10: without the database an answer is 503 with Retry-After and no trace; without the cache, figures or
MLflow the same is answered; a front end that dies costs its own pages for as long as it takes to start.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.production.conftest import table
from tests.production.up import PASSWORD, Up, until
from tests.services import _program, folder

EVERY = ("mariadb", "redis", "api-1", "api-2", "app-1", "coach", "lab", "mlflow", "schedule-1", "scale", "metrics",
         "prometheus", "alertmanager", "watch", "guard", "gateway")  # fmt: skip
"""every process of `fitintel up --production --apps=1`; a test holds the list to what is up"""
QUICK = (("watch", signal.SIGSTOP),)
BRIEF = "/api/v1/athletes/ann/briefs/latest"
NEEDED = {"mariadb", "gateway", "api-1", "api-2"}
"""processes whose end a reader of a brief may notice"""
AWAY = (0, 502, 503, 504)
"""what they may be told while one of these is away; 0: no connection"""
WITHIN = 180.0
"""s in which a process has to be well again: three looks of the watch, and its start on a busy machine"""


@contextmanager
def started(*options: str) -> Iterator[Up]:
    for program in ("nginx", "mariadbd", "redis-server", "prometheus", "prometheus-alertmanager"):
        _program(program)
    with folder("each") as home:
        home.chmod(0o711)
        up = Up(home / "w", "--apps=1", *options)
        try:
            up.wait()
            word = home / "password"
            word.write_text(PASSWORD)
            word.chmod(0o600)
            up.run("import", str(table(home, "runs", 2025)), "--athlete", "ann")
            up.run("account", "add", "ann", "--role", "athlete", "--password-file", str(word))
            up.run("nightly", "--workers", "1")
            # ann's morning is made, so that her newest brief is the same as long as the test lasts
            up.run("schedule", "once", "--workers", "1")
            yield up
        finally:
            up.stop()


@pytest.fixture(scope="module")
def small() -> Iterator[Up]:
    with started("--without=lab", "--without=mlflow", "--without=coach") as up:
        yield up


@pytest.fixture(scope="module")
def whole() -> Iterator[Up]:
    pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
    with started() as up:
        yield up


class Reader:
    """Reads a brief again and again, and keeps what they are answered."""

    def __init__(self, up: Up) -> None:
        self._up, self._stop = up, threading.Event()
        self.token = next(iter(up.cookies("ann").values()))
        self.statuses: Counter[int] = Counter()
        self.odd: list[str] = []
        _, self.first = up.get(BRIEF, self.token)
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(120)

    def _read(self) -> None:
        while not self._stop.wait(0.1):
            try:
                status, said = self._up.get(BRIEF, self.token)
            except (OSError, http.client.HTTPException):
                status, said = 0, ""
            self.statuses[status] += 1
            if "Traceback" in str(said) or (status == 200 and said != self.first):
                self.odd.append(str(said)[:500])


def test_the_list_of_processes_is_whole(small: Up) -> None:
    there = {name for name, one in small.states().items() if not one.waits}
    assert there == set(EVERY) - {"lab", "mlflow", "coach"}


@pytest.mark.parametrize(("name", "how"), QUICK)
def test_a_process_that_ends_or_is_stopped_comes_back(name: str, how: signal.Signals, small: Up) -> None:
    _harmed(small, name, how)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.parametrize("name", EVERY)
def test_each_process_that_is_killed_or_stopped_comes_back(name: str, how: signal.Signals, whole: Up) -> None:
    _harmed(whole, name, how)


@pytest.mark.slow
def test_a_database_that_stays_away_is_alerted_and_reads_go_on_when_it_is_back(whole: Up) -> None:
    from fitintel.workbench.production.status import start, stop

    token = next(iter(whole.cookies("ann").values()))
    stop(whole.place, whole.states()["mariadb"], wait=True)
    try:
        status, said = whole.get(BRIEF, token)
        assert status == 503, said
        assert "Traceback" not in str(said)
        until(lambda: _told(whole, "DatabaseDown"), "Alertmanager was told that the database is down")
        until(lambda: _told(whole, "ProcessDown", "mariadb"), "and which process it is")
        # an operator's wish: the watch leaves it
        assert whole.states()["mariadb"].state == "STOPPED"
    finally:
        start(whole.place, whole.states()["mariadb"])
    until(lambda: whole.get(BRIEF, token)[0] == 200, "briefs are read again", 60)
    until(lambda: not _told(whole, "DatabaseDown"), "the alert is over", 600)


def _harmed(up: Up, name: str, how: signal.Signals) -> None:
    until(up.running, f"everything runs before {name} is harmed")
    before = up.pid(name)
    with Reader(up) as reader:
        began = time.monotonic()
        os.kill(before, how)
        until(lambda: _pid(up, name) not in (0, before), f"{name} is started", WITHIN)
        until(up.running, f"{name} runs", WITHIN)
        until(lambda: up.get(BRIEF, reader.token)[0] == 200, "briefs are read", WITHIN)
        took = time.monotonic() - began
        well = reader.statuses[200]
        until(lambda: reader.statuses[200] >= well + 3, "and go on being read", WITHIN)
    assert reader.odd == []
    assert set(reader.statuses) <= {200, *(AWAY if name in NEEDED else ())}
    until(lambda: up.figures(f'ALERTS{{alertname="ProcessRestarted",alertstate="firing",process="{name}"}}'),
          f"the alert for {name} fires")  # fmt: skip
    until(lambda: _told(up, "ProcessRestarted", name), f"Alertmanager was told of {name}")
    print(f"{name} {how.name}: back after {took:.1f} s; a reader was told {dict(reader.statuses)}")


def _pid(up: Up, name: str) -> int:
    """0 while it does not run, or the manager is too busy to say."""
    one = up.states().get(name)
    return one.pid if one is not None else 0


def _told(up: Up, alert: str, process: str = "") -> bool:
    """Whether Alertmanager holds an alert now."""
    with urllib.request.urlopen(f"http://{up.at('alertmanager')}/api/v2/alerts", timeout=20) as answer:
        held: list[dict[str, Any]] = json.load(answer)
    return any(one["labels"]["alertname"] == alert and one["labels"].get("process", "") == process for one in held)
