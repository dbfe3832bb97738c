"""fitintel up --production as an operator starts it, for tests that talk to it from outside."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.settings import read
from fitintel.workbench.door import Workbench
from fitintel.workbench.production.monitors import probes_of, watched_file
from fitintel.workbench.production.places import Places, places
from fitintel.workbench.production.status import Told, told
from tests.services import free_port

NAME = "fit.test"
PASSWORD = "correct horse battery staple 9"
PATIENCE = 240


def until(there: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """The first answer that counts; fails when none comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            if found := there():
                return found
        time.sleep(0.3)
    pytest.fail(f"after {seconds:g} s: {what}")


@contextmanager
def alone() -> Iterator[None]:
    """Of two that start at the same time both would find the same ports free."""
    with open(Path(tempfile.gettempdir(), "fitintel-tests-up.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Up:
    """A started workspace."""

    def __init__(self, home: Path, *options: str, name: str = NAME) -> None:
        self.name = name
        self.home, self.port, self.http_port = home, free_port(), free_port()
        home.mkdir(exist_ok=True)
        self.place: Places = places(read({"FITINTEL_HOME": str(home)}))
        self._log = (home / "up.log").open("wb")
        # the tests' own environment names no workspace
        self.given = {name: value for name, value in os.environ.items() if not name.startswith("FITINTEL_")}
        self.given |= {"FITINTEL_HOME": str(home), "FITINTEL_BACKUP_REPOSITORY": str(home.with_name("backups")),
                        "FITINTEL_BACKUP_PASSWORD": PASSWORD}  # fmt: skip
        self._turn = ExitStack()
        self._turn.enter_context(alone())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fitintel", "up", "--production", f"--name={name}", f"--https-port={self.port}",
             f"--http-port={self.http_port}", *options],
            stdout=self._log, stderr=subprocess.STDOUT, env=self.given,
        )  # fmt: skip

    def wait(self) -> None:
        """Until every process runs and the gateway passes requests on."""
        self.wait_for_processes()
        until(lambda: self.get("/api/v1/health")[0] == 200, "the gateway answers")

    def wait_for_processes(self) -> None:
        """Until every process runs."""
        until(lambda: self._alive() and self.running(), "every process runs")
        self._turn.close()

    def running(self) -> bool:
        """Whether every process runs but those that wait for work."""
        return {one.state for one in self.states().values() if not one.waits} == {"RUNNING"}

    def _alive(self) -> bool:
        assert self.process.poll() is None, self.said()
        return self.place.manager.exists()

    def said(self) -> str:
        return (self.home / "up.log").read_text(errors="replace")[-1500:]

    def states(self) -> dict[str, Told]:
        from fitintel.core.errors import NotFound

        with suppress(NotFound):
            return {one.name: one for one in told(self.place)}
        return {}

    def pid(self, name: str) -> int:
        return self.states()[name].pid

    def run(self, *words: str) -> str:
        """A command of fitintel on what is up."""
        done = subprocess.run([sys.executable, "-m", "fitintel", "up", "run", *words], env=self.given,
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def tls(self) -> ssl.SSLContext:
        """Trusts this gateway's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.place.certificate))

    @property
    def origin(self) -> str:
        return f"https://{self.name}:{self.port}"

    @contextmanager
    def inside(self) -> Iterator[Workbench]:
        """The workspace as a command on this machine has it."""
        given = json.loads(self.place.environment.read_text())
        with Workbench(read({**given, "FITINTEL_ACCESS": "local"})) as bench:
            yield bench

    def cookies(self, account: str) -> dict[str, str]:
        """The cookies of a new log-in with a second factor; the first is a token of REST too."""
        from fitintel.api.login import cookies
        from fitintel.workbench.sessions import Gate

        with self.inside() as bench:
            settings = replace(bench.settings, access="gate")
            tokens = Gate(settings, bench.vault).let_in(bench.vault.account(account), strong=True, surface="page")
        return {cookies.ACCESS: tokens.access, cookies.REFRESH: tokens.refresh}

    def get(self, path: str, token: str = "") -> tuple[int, Any]:
        return self.ask("GET", path, headers={"authorization": f"Bearer {token}"} if token else {})

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:  # fmt: skip
        """(status, JSON or text) of a request over TLS, the certificate checked against the gateway's own."""
        context = self.tls()
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection = http.client.HTTPSConnection(self.name, self.port, timeout=60)
        connection.sock = context.wrap_socket(raw, server_hostname=self.name)
        said = json.dumps(body).encode() if body is not None else None
        try:
            connection.request(method, path, said, {"content-type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return answer.status, json.loads(text) if "json" in (answer.getheader("content-type") or "") else text
        finally:
            connection.close()

    def at(self, name: str) -> str:
        """host:port at which a process listens, as the watch knows it."""
        probe = probes_of(watched_file(self.place))[name]
        assert probe is not None
        return probe.at

    def figures(self, query: str) -> list[Any]:
        """What Prometheus answers."""
        import urllib.parse
        import urllib.request

        address = f"http://{self.at('prometheus')}/api/v1/query?query={urllib.parse.quote(query)}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            return list(json.load(answer)["data"]["result"])

    def stop(self) -> None:
        """One Ctrl-C."""
        self._turn.close()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        finally:
            self._log.close()
