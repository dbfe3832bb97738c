"""fitintel serve: the pages of coaches, athletes and data scientists, on this machine."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from fitintel.cli.console import progress, say, workbench

SAYS = {"coach": "coach", "app": "athletes", "lab": "notebooks", "api": "programs"}
"""what stands before an address"""


def serve(
    what: Annotated[list[str], typer.Argument(help="coach, app, lab, api, or all.")],
    port: Annotated[int | None, typer.Option(help="Port of a single one. Default: the usual or a free one.")] = None,
) -> None:
    """Start pages in the browser: coach (Voila), app (Streamlit, for athletes), lab (JupyterLab), api (REST), or all.

    They listen on this machine only. One Ctrl-C stops them all. Without data the simulated squad is made first.
    """
    from fitintel.core.errors import UsageError
    from fitintel.workbench.serving import services
    from fitintel.workbench.serving.running import running, watch

    if port is not None and (len(what) > 1 or "all" in what):
        raise UsageError("--port is for a single front end", next="leave it out, or start one")
    with workbench() as bench:
        settings = bench.settings
        if not bench.athletes():
            with progress() as tell:
                say(f"Nothing is imported yet, so a simulated squad of {bench.ensure_demo(progress=tell)} athletes "
                    "was made.")  # fmt: skip
    wanted = services(settings, tuple(what), dict.fromkeys(what, port) if port is not None else None)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.default_int_handler)
    try:
        with running(wanted, settings.home / "serve") as started:
            for one in started:
                say(f"{SAYS[one.service.name]:<10}{one.service.address}")
            say("Ctrl-C stops all of it." if len(started) > 1 else "Ctrl-C stops it.")
            watch(started)
    except KeyboardInterrupt:
        say("Stopped.")
