"""REST, GraphQL and live events: uvicorn on this machine only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.workbench.serving import HOST, need

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

GRACE = 5
"""s in which open requests and sockets may end when the server is asked to"""
LONGEST_MESSAGE = 65536
"""bytes of one message of a socket; nothing is packed, so nothing can burst"""


def command(settings: Settings, port: int) -> tuple[list[str], dict[str, str]]:
    """(command line, environment); raises ServiceMissing where a package is not here."""
    need(("fastapi", "uvicorn", "strawberry"), "api")
    line = [sys.executable, "-m", "uvicorn", "--factory", "fitintel.api.app:served", f"--host={HOST}", f"--port={port}",
            f"--timeout-graceful-shutdown={GRACE}", "--no-server-header", "--log-level=warning",
            f"--ws-max-size={LONGEST_MESSAGE}", "--ws-per-message-deflate=false"]  # fmt: skip
    return line, {"FITINTEL_HOME": str(settings.home)}


def shared(settings: Settings, folder: Path) -> tuple[list[str], dict[str, str]]:
    """(command line, environment) of one of several processes at a listening socket that it gets as descriptor 0.

    `folder` is where each makes a socket of its own. Raises ServiceMissing where a package is not here.
    """
    need(("fastapi", "uvicorn", "strawberry"), "api")
    return [sys.executable, "-m", "fitintel.api.one_of_many", str(folder)], {"FITINTEL_HOME": str(settings.home)}


def own_socket(folder: Path, name: str) -> Path:
    """Where one of several processes is asked whether it is well."""
    return folder / f"{name}.sock"


def ready_at() -> str:
    """The path that answers once the server is up."""
    return "/api/v1/health"


def first_page() -> str:
    """The form of every request."""
    return "/api/v1/openapi.json"
