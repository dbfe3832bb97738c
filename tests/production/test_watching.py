"""Who is silent too often is started again; who starts, or was stopped by an operator, is left alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fitintel.core.counts_shared import FOLDER
from fitintel.workbench.production.guarding import left_behind
from fitintel.workbench.production.left_over import NAME, end_left_over
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.probing import answers, stopped
from fitintel.workbench.production.process import Probe
from fitintel.workbench.production.status import Told
from fitintel.workbench.production.watching import MISSED, STARTS, Watch
from tests.services import folder, redis_server

PROBE = Probe("http", "127.0.0.1:1", "/")


class Machine:
    """Processes as a manager says they are, and what they answer."""

    def __init__(self) -> None:
        self.state, self.pid, self.well, self.still = "RUNNING", 10, True, False
        self.begun: list[str] = []
        self.watch = Watch({"api-1": PROBE}, lambda: {"api-1": Told("api-1", self.state, "", self.pid)},
                           self.begun.append, lambda probe: self.well, lambda pid: self.still)  # fmt: skip

    def looks(self, times: int) -> list[str]:
        for _ in range(times):
            self.watch.look()
        return self.begun


def test_one_that_was_well_and_is_silent_is_started_again_after_three_looks() -> None:
    made = Machine()
    made.looks(2)
    made.well = False
    assert made.looks(MISSED - 1) == []
    assert made.looks(1) == ["api-1"]


def test_an_answer_between_two_silences_begins_the_count_anew() -> None:
    made = Machine()
    made.looks(1)
    for _ in range(3):
        made.well = False
        made.looks(MISSED - 1)
        made.well = True
        made.looks(1)
    assert made.begun == []


def test_one_that_the_manager_has_started_anew_has_time_to_start() -> None:
    made = Machine()
    made.looks(1)
    made.pid, made.well = 11, False
    assert made.looks(STARTS - 1) == []
    assert made.looks(1) == ["api-1"]


def test_one_stopped_by_a_signal_is_started_again_even_before_its_first_answer() -> None:
    made = Machine()
    made.still = True
    assert made.looks(MISSED) == ["api-1"]


@pytest.mark.parametrize("state", ["STOPPED", "STOPPING", "STARTING", "BACKOFF"])
def test_what_an_operator_stopped_and_what_the_manager_starts_is_left_alone(state: str) -> None:
    made = Machine()
    made.state, made.well = state, False
    assert made.looks(STARTS * 2) == []


def test_one_that_the_manager_has_given_up_is_tried_again() -> None:
    made = Machine()
    made.state, made.pid = "FATAL", 0
    assert made.looks(MISSED) == ["api-1"]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child in its group."""
    line = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); " \
           "print('.', flush=True); time.sleep(60)"  # fmt: skip
    made = subprocess.Popen([sys.executable, "-c", line], start_new_session=True, stdout=subprocess.PIPE)
    assert made.stdout is not None
    made.stdout.read(1)
    try:
        yield made
    finally:
        with suppress(ProcessLookupError):
            os.killpg(made.pid, signal.SIGKILL)
        made.wait()
        made.stdout.close()


def _comes(there: object, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if there():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_a_stopped_process_is_known_and_one_whose_child_is_stopped(sleeper: subprocess.Popen[bytes]) -> None:
    import psutil

    (child,) = psutil.Process(sleeper.pid).children()
    assert not stopped(sleeper.pid)
    for pid in (sleeper.pid, child.pid):
        os.kill(pid, signal.SIGSTOP)
        assert _comes(lambda: stopped(sleeper.pid))
        os.kill(pid, signal.SIGCONT)
        assert _comes(lambda: not stopped(sleeper.pid))
    assert not stopped(2**22 + 1)


def test_what_a_killed_process_has_left_behind_ends_too(sleeper: subprocess.Popen[bytes]) -> None:
    import psutil

    (child,) = psutil.Process(sleeper.pid).children()
    sleeper.kill()
    sleeper.wait()
    assert child.is_running()
    assert left_behind({"pid": str(sleeper.pid)}) == [sleeper.pid]
    assert _comes(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    # nobody is left, and nobody else is meant
    assert left_behind({"pid": "0"}) == left_behind({}) == []


class _Says(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("status", "well"), [(200, True), (308, True), (401, True), (500, False), (503, False)])
def test_a_front_end_is_well_that_answers_or_asks_who_is_there(status: int, well: bool) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Says", (_Says,), {"status": status})) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        assert answers(Probe("http", f"127.0.0.1:{made.server_port}", "/")) is well
        made.shutdown()


@pytest.mark.parametrize("kind", ["http", "redis", "mariadb"])
def test_a_socket_that_takes_connections_and_says_nothing_is_not_well(kind: str) -> None:
    with folder("silent") as home, closing(socket.socket(socket.AF_UNIX)) as made:
        made.bind(str(home / "s"))
        made.listen(5)
        assert not answers(Probe(kind, str(home / "s"), "/"), 1.0)  # type: ignore[arg-type]
        assert not answers(Probe(kind, str(home / "nobody"), "/"), 1.0)  # type: ignore[arg-type]


def test_a_cache_that_answers_is_well_and_a_stopped_one_is_not() -> None:
    with folder("probe") as home:
        path = home / "r.sock"
        with redis_server("--unixsocket", str(path)) as (_, process):
            assert answers(Probe("redis", str(path)))
            process.send_signal(signal.SIGSTOP)
            try:
                assert not answers(Probe("redis", str(path)), 0.5)
            finally:
                process.send_signal(signal.SIGCONT)


def test_a_database_is_asked_as_its_clients_ask_it(mariadb_server: str) -> None:
    from sqlalchemy import create_engine, text

    engine = create_engine(mariadb_server)
    with engine.connect() as connection:
        path = str(connection.execute(text("SELECT @@socket")).scalar_one())
    engine.dispose()
    # whether we may log in is another question
    assert answers(Probe("mariadb", path))
    assert Path(path).is_socket()


def test_what_a_manager_that_died_has_left_is_ended_and_nobody_else(tmp_path: Path) -> None:
    place = Places(tmp_path / "production")
    theirs = {**os.environ, FOLDER: str(place.counts)}
    left, still = _waiting({**theirs, NAME: "api-1"}), _waiting({**theirs, NAME: "redis"})
    command, other = _waiting(theirs), _waiting({**os.environ, FOLDER: str(tmp_path / "other"), NAME: "api-1"})
    try:
        still.send_signal(signal.SIGSTOP)
        assert end_left_over(place) == ["api-1", "redis"]
        assert None not in (left.poll(), still.poll())
        assert command.poll() is other.poll() is None
        assert end_left_over(place) == []
    finally:
        for one in (left, still, command, other):
            one.kill()
            one.communicate()


def _waiting(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    made = subprocess.Popen([sys.executable, "-c", "import time; print('.', flush=True); time.sleep(60)"],
                            env=environment, stdout=subprocess.PIPE)  # fmt: skip
    assert made.stdout is not None
    made.stdout.read(1)
    return made
