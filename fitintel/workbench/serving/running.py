"""Services as processes: started, waited for, watched, and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.serving import Service

PATIENCE = 120.0
"""s in which a service has to answer"""
GRACE = 8.0
"""s in which it has to end after it was asked to"""
STEP = 0.2
TAIL = 5
"""last lines of a log that are shown where a service fails"""


class Running:
    """A service and its process."""

    def __init__(self, service: Service, log: Path) -> None:
        self.service, self.log = service, log
        with log.open("wb") as out:
            # a group of its own: Ctrl-C reaches this process, which then asks each to end
            self.process = subprocess.Popen(service.command, env={**os.environ, **service.environment}, stdout=out,
                                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                            start_new_session=True)  # fmt: skip

    def answers(self) -> bool:
        """Whether it is up."""
        try:
            with urllib.request.urlopen(self.service.ready, timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            return error.code in (401, 403)  # it is up, and asks who is there
        except OSError:
            return False

    def check(self) -> None:
        """Raise ServiceMissing if it has ended."""
        if self.process.poll() is not None:
            last = " / ".join(self.log.read_text("utf-8", "replace").strip().splitlines()[-TAIL:])
            raise ServiceMissing(f"The front end {self.service.name} has ended", where=str(self.log), why=last,
                                 next="mend what the log says, and start it again")  # fmt: skip

    def stop(self) -> None:
        """End it with everything it has started."""
        for sent in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sent)
            except ProcessLookupError:
                return
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                continue


@contextmanager
def running(services: Sequence[Service], logs: Path) -> Iterator[list[Running]]:
    """The services as they run, each answering; all are stopped at the end. Raises ServiceMissing."""
    logs.mkdir(parents=True, exist_ok=True)
    started: list[Running] = []
    try:
        for service in services:
            started.append(Running(service, logs / f"{service.name}.log"))
        for one in started:
            _wait(one)
        yield started
    finally:
        for one in started:
            one.stop()


def _wait(one: Running) -> None:
    until = time.monotonic() + PATIENCE
    while not one.answers():
        one.check()
        if time.monotonic() > until:
            raise ServiceMissing(f"The front end {one.service.name} does not answer", where=one.service.ready,
                                 why=f"{PATIENCE:g} s have passed", next=f"see {one.log}")  # fmt: skip
        time.sleep(STEP)


def watch(started: Sequence[Running]) -> NoReturn:
    """Stay until interrupted; raise ServiceMissing as soon as one has ended by itself."""
    while True:
        for one in started:
            one.check()
        time.sleep(STEP)
