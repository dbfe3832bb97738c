"""The upstream dashboard as a peer: its own code in its own interpreter, over a private MariaDB.

FITINTEL_BENCH_UPSTREAM names a checkout (github.com/dagny099/fitness-dashboard); it is measured, never copied. Its
interpreter is that of `python -m bench.peers`, or the one that FITINTEL_BENCH_UPSTREAM_PYTHON names.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bench.peers import python_of

TODAY = "2025-10-08"
"""the day after the last of the real history: its brief looks at the last 30 days"""


def absent() -> str:
    """Why upstream cannot be measured here; empty where it can."""
    place = os.environ.get("FITINTEL_BENCH_UPSTREAM")
    if not place:
        return "FITINTEL_BENCH_UPSTREAM names no checkout of upstream"
    if not (Path(place) / "src" / "services" / "intelligence_service.py").is_file():
        return f"no upstream at {place}"
    if _python() is None:
        return "no interpreter for upstream: python -m bench.peers upstream"
    return ""


def _python() -> Path | None:
    given = os.environ.get("FITINTEL_BENCH_UPSTREAM_PYTHON")
    return Path(given) if given else python_of("upstream")


class Upstream:
    """A running peer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answer()

    def ask(self, name: str, *given: Any) -> tuple[float, Any]:
        """(CPU seconds, answer) of a command of `upstream_peer.Commands`."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *given]) + "\n")
        self._process.stdin.flush()
        told = self._answer()
        return float(told["seconds"]), told["answer"]

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("upstream ended; see what it said above")
        return json.loads(line)


def command(url: str) -> list[str]:
    """What starts the peer on a server."""
    parts = make_url(url)
    return [str(_python()), str(Path(__file__).with_name("upstream_peer.py")), os.environ["FITINTEL_BENCH_UPSTREAM"],
            str(parts.port), str(parts.username), str(parts.password), TODAY]  # fmt: skip


@contextmanager
def server() -> Iterator[str]:
    """URL of a private MariaDB."""
    from tests.services import MariaDB, folder

    with folder("bench") as home:
        base = MariaDB(home)
        base.start()
        try:
            yield base.url
        finally:
            base.stop()


@contextmanager
def running(url: str) -> Iterator[Upstream]:
    """The peer, with a folder of its own for its models."""
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("w") as log:
        process = subprocess.Popen(command(url), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                                   cwd=folder)  # fmt: skip
        try:
            yield Upstream(process)
        except RuntimeError:
            print(Path(folder, "log").read_text()[-3000:])
            raise
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
