"""REST, GraphQL and live events: uvicorn on this machine only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fitintel.workbench.serving import HOST, need

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

GRACE = 5
"""s in which open requests and sockets may end when the server is asked to"""


def command(settings: Settings, port: int) -> tuple[list[str], dict[str, str]]:
    """(command line, environment); raises ServiceMissing where a package is not here."""
    need(("fastapi", "uvicorn", "strawberry"), "api")
    line = [sys.executable, "-m", "uvicorn", "--factory", "fitintel.api.app:served", f"--host={HOST}", f"--port={port}",
            f"--timeout-graceful-shutdown={GRACE}", "--no-server-header", "--log-level=warning",
            # messages of sockets are short, and nothing that is packed can burst
            "--ws-max-size=65536", "--ws-per-message-deflate=false"]  # fmt: skip
    return line, {"FITINTEL_HOME": str(settings.home)}


def ready_at() -> str:
    """The path that answers once the server is up."""
    return "/api/v1/health"


def first_page() -> str:
    """The form of every request."""
    return "/api/v1/openapi.json"
