"""Is a process well? It is asked what only a process that works can answer, and whether it was stopped."""

from __future__ import annotations

import http.client
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from fitintel.workbench.production.process import Probe

PATIENCE = 5.0
"""s for an answer"""
WELL = (200, 308, 401, 403)
"""statuses of a process that is well: it may lead elsewhere, or ask who is there"""


def answers(probe: Probe, patience: float = PATIENCE) -> bool:
    """Whether the process answers as one does that is well."""
    try:
        match probe.kind:
            case "http":
                return _status(probe, patience) in WELL
            case "redis" | "mariadb":
                with _reached(probe.at, patience) as made:
                    # MariaDB speaks first, be it to say that it has no room
                    made.sendall(b"PING\r\n" if probe.kind == "redis" else b"")
                    return made.recv(1) != b""
    except (OSError, http.client.HTTPException):
        return False


def stopped(pid: int) -> bool:
    """Whether a process was stopped by a signal, or one of those that it has started in its group."""
    import psutil  # type: ignore[import-untyped]

    def group(process: Any) -> Iterator[Any]:
        yield process
        for one in process.children(recursive=True):
            with suppress(ProcessLookupError):
                if os.getpgid(one.pid) == pid:
                    yield one

    try:
        return any(one.status() == psutil.STATUS_STOPPED for one in group(psutil.Process(pid)))
    except psutil.NoSuchProcess:
        return False


def _status(probe: Probe, patience: float) -> int:
    local = probe.at.startswith("/")
    host, _, port = ("localhost", "", "80") if local else probe.at.rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=patience)
    if local:
        connection.sock = _reached(probe.at, patience)
    try:
        connection.request("GET", probe.path)
        return connection.getresponse().status
    finally:
        connection.close()


def _reached(path: str, patience: float) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    try:
        made.settimeout(patience)
        made.connect(path)
    except OSError:
        made.close()
        raise
    return made
