"""fitintel metrics: figures for Prometheus."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import say


def metrics(
    port: Annotated[int | None, typer.Option(help="Answer http://127.0.0.1:PORT/metrics until Ctrl-C.")] = None,
    log: Annotated[Path | None, typer.Option(help="The gateway's access log. Default: that of fitintel up.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="The gateway's certificate, whose end is watched.")] = None,
) -> None:
    """Print the workspace's figures as Prometheus reads them; with --port serve them on this machine.

    Requests of every surface, security events, imports, nights, algorithms, backups. No figure names a person.
    """
    import os

    from fitintel.core.counts_shared import FOLDER
    from fitintel.core.settings import read
    from fitintel.workbench.monitoring.families import Watched
    from fitintel.workbench.monitoring.serving import serve, text
    from fitintel.workbench.monitoring.surfaces import Surfaces
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.status import lives

    settings = read()
    place = places(settings)
    watched = Watched(
        settings, Path(os.environ.get(FOLDER) or place.counts), Surfaces(log or place.gateway / "access.log"),
        certificate or (place.certificate if place.certificate.exists() else None), lambda: lives(place),
    )  # fmt: skip
    if port is None:
        print(text(watched), end="")
        return
    serve(watched, port)
    say(f"http://127.0.0.1:{port}/metrics")
    threading.Event().wait()
