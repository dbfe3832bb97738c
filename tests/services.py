"""Private MariaDB and Redis servers for tests: own folder, own free port on loopback, stopped at the end.

Loaded by `tests/conftest.py`. A missing program skips the test with the reason; with FITINTEL_REQUIRE_SERVICES=1 it
fails instead. A program that is there but does not start always fails.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

START_SECONDS = 60


def _program(*names: str) -> str:
    for name in names:
        found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))
        if found:
            return found
    reason = f"{names[0]} is not installed (Debian: apt-get install mariadb-server redis-server)"
    if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1":
        pytest.fail(f"FITINTEL_REQUIRE_SERVICES=1, but {reason}")
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(
    command: list[str], log: Path, ready: Callable[[], bool], patience: float = START_SECONDS
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; fails with the end of its log when it does not become ready."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + patience
        while not ready():
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A folder with a short path: the path of a socket may have about 100 characters."""
    made = Path(tempfile.mkdtemp(prefix=f"fi-{name}-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


class MariaDB:
    """A private MariaDB server that can be killed and started again on the same port and data."""

    def __init__(self, home: Path, *options: str) -> None:
        install, daemon = _program("mariadb-install-db"), _program("mariadbd")
        self._pymysql = pytest.importorskip(
            "pymysql", reason="PyMySQL is not installed (pip install 'fitintel[mysql]')"
        )
        data, port, self._password = home / "data", free_port(), secrets.token_hex(12)
        # the server refuses to be root unless it is told so
        user = ["--user=root"] if os.geteuid() == 0 else []
        made = subprocess.run(
            [install, "--no-defaults", *user, "--auth-root-authentication-method=normal", "--skip-test-db",
             f"--datadir={data}"],
            capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            pytest.fail(f"mariadb-install-db failed:\n{made.stdout[-1000:]}{made.stderr[-1000:]}")
        self._home = home
        self._command = [
            daemon, "--no-defaults", *user, f"--datadir={data}", f"--socket={home / 's'}", f"--pid-file={home / 'pid'}",
            f"--port={port}", "--bind-address=127.0.0.1", "--skip-networking=0", "--skip-name-resolve",
            "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=32M", *options,
        ]  # fmt: skip
        self.url = f"mysql+pymysql://fit:{self._password}@127.0.0.1:{port}/"
        """ends in a slash; its user may create databases"""
        self._running = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def _ready(self) -> bool:
        try:
            connection = self._pymysql.connect(unix_socket=str(self._home / "s"), user="root", autocommit=True)
        except self._pymysql.err.OperationalError:
            return False
        with connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE USER IF NOT EXISTS 'fit'@'%' IDENTIFIED BY '{self._password}'")
            cursor.execute("GRANT ALL ON *.* TO 'fit'@'%'")
        return True

    def start(self) -> None:
        """Returns when it answers."""
        self._process = self._running.enter_context(server(self._command, self._home / "log", self._ready))

    def kill(self) -> None:
        """SIGKILL: no chance to write anything."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self._running.close()


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[str]:
    """URL of a private MariaDB server, ending in a slash; its user may create databases."""
    with folder("mariadb") as home:
        # the machine does not fail in these tests, only clients do
        private = MariaDB(home, "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite")
        private.start()
        yield private.url
        private.stop()


@pytest.fixture(scope="module")
def mortal_mariadb() -> Iterator[MariaDB]:
    """A running server for tests that kill it; what it has committed survives."""
    with folder("mortal") as home:
        mortal = MariaDB(home, "--innodb-flush-log-at-trx-commit=1")
        mortal.start()
        yield mortal
        mortal.stop()


@pytest.fixture
def mariadb_url(mariadb_server: str) -> Iterator[str]:
    """URL of a new, empty database on the private MariaDB server."""
    from sqlalchemy import create_engine, text

    name = f"test_{secrets.token_hex(6)}"
    # the server's own defaults are left alone: fitintel must not depend on the character set of the database
    engine = create_engine(mariadb_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield mariadb_server + name
        connection.execute(text(f"DROP DATABASE {name}"))
    engine.dispose()


@contextmanager
def redis_server(*options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis server for a block: its URL and its process, for tests that stop it."""
    daemon = _program("redis-server")
    redis = pytest.importorskip("redis", reason="redis is not installed (pip install 'fitintel[redis]')")
    with folder("redis") as home:
        port = free_port()

        def ready() -> bool:
            client = redis.Redis(port=port)
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False
            finally:
                client.close()

        command = [daemon, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                   "--dir", str(home), *options]  # fmt: skip
        with server(command, home / "log", ready) as process:
            yield f"redis://127.0.0.1:{port}/0", process


@pytest.fixture(scope="session")
def redis_private() -> Iterator[str]:
    with redis_server() as (url, _):
        yield url


@pytest.fixture
def redis_url(redis_private: str) -> Iterator[str]:
    """URL of the private Redis server, emptied."""
    import redis

    client = redis.Redis.from_url(redis_private)
    client.flushall()
    yield redis_private
    client.close()
