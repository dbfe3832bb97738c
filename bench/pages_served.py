"""A server of pages for a bench: started, waited for, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PATIENCE = 240.0
"""s"""


def free() -> int:
    """A port that is free."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(line: list[str], environment: dict[str, str], ready: str) -> Iterator[int]:
    """The process id of a server that answers at `ready`, until the block ends."""
    done = subprocess.Popen(line, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(ready, timeout=5):
                break
            time.sleep(0.2)
        yield done.pid
    finally:
        done.terminate()
        done.wait(60)
