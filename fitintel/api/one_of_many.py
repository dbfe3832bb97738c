"""The server as one of several processes that take turns at a listening socket, which the manager of processes holds.

    SUPERVISOR_PROCESS_NAME=api-1 python -m fitintel.api.one_of_many FOLDER 0<socket

One that is told to end takes no new connections: those that come are another's. Connections that are open already are
answered for a moment more, and told not to be used again, so that the gateway lets go of each before it is closed.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn

from fitintel.workbench.serving.api import LONGEST_MESSAGE, own_socket

DRAIN = 3.0
"""s; more than the gateway keeps a connection that nobody uses (deploy/nginx)"""
GRACE = 20
"""s in which open requests may end after that"""
KEPT = 60
"""s that a connection is kept which nobody uses: the gateway is to be the first to let go"""
NAME = "SUPERVISOR_PROCESS_NAME"


class Draining(uvicorn.Server):
    """Ends without breaking off a request, sent or on its way."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Hand over to the other processes, then end as usual: WebSockets are closed with 1012, to be opened again."""
        for server in self.servers:
            server.close()
        self.server_state.default_headers.append((b"connection", b"close"))
        await asyncio.sleep(DRAIN)
        await super().shutdown(sockets)


def main(folder: Path) -> None:
    """Answer at descriptor 0 and at a socket of this process alone, until it is told to end."""
    shared = socket.socket(fileno=os.dup(0))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    path = own_socket(folder, os.environ.get(NAME, "api-1"))
    with suppress(FileNotFoundError):
        path.unlink()
    own = socket.socket(socket.AF_UNIX)
    own.bind(str(path))
    Draining(uvicorn.Config(
        "fitintel.api.app:served", factory=True, log_level="warning", server_header=False, timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=GRACE, ws_max_size=LONGEST_MESSAGE, ws_per_message_deflate=False,
    )).run([shared, own])  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
