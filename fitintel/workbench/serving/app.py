"""The athlete's app: Streamlit on this machine only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fitintel.workbench.serving import HOST, base_of, from_checkout, need

if TYPE_CHECKING:
    from fitintel.core.settings import Settings


def command(settings: Settings, port: int) -> tuple[list[str], dict[str, str]]:
    """(command line, environment). What else is set stands in streamlit_app/.streamlit.

    Raises ServiceMissing where a package or the checkout is not here.
    """
    need(("streamlit", "duckdb", "plotly"), "app")
    script = from_checkout("streamlit_app", "app.py")
    line = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.address={HOST}", f"--server.port={port}",
            "--server.headless=true", "--browser.gatherUsageStats=false", *_gated(settings)]  # fmt: skip
    return line, {"FITINTEL_HOME": str(settings.home)}


def _gated(settings: Settings) -> list[str]:
    """Options behind the gate: its own path, and the address under which browsers know it."""
    public = settings.account("PUBLIC_URL")
    if settings.access != "gate" or public is None:
        return []
    host = urlsplit(public).hostname or ""
    return [f"--server.baseUrlPath={base_of(settings, 'app').strip('/')}", f"--server.corsAllowedOrigins={public}",
            f"--server.allowedHosts={host}", f"--server.allowedHosts={HOST}"]  # fmt: skip


def ready_at() -> str:
    """The path that answers once the server is up."""
    return "/_stcore/health"


def first_page() -> str:
    """The path of Today."""
    return "/"
