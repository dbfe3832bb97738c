"""fitintel nightly: everybody's brief of a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, table, workbench


def nightly(
    day: Annotated[str | None, typer.Option(help="2025-10-07, today, or latest. Default: as fitintel squad.")] = None,
    athletes: Annotated[
        list[str] | None, typer.Option("--athletes", "-a", help="Only this athlete; may be given several times.")
    ] = None,
    notebooks: Annotated[
        str, typer.Option(help="Execute the notebook of none, of the changed (whose brief is made now), or of all.")
    ] = "none",
    workers: Annotated[int | None, typer.Option(help="Processes. Default: one for each core.")] = None,
    engine: Annotated[
        str, typer.Option(help="local: processes of this machine. dask: the workers of a Dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="Address of the Dask scheduler, tcp://HOST:8786. Default: a cluster here.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files. Default: briefs/ in the workspace.")] = None,
    json: Json = False,
) -> None:
    """Everybody's brief of a day, as pages and JSON, by several processes.

    Who has nothing new keeps what is there. Stopped at any point, the same command goes on where it was. Nobody's
    failure is another's: who failed, where and why is listed, and the exit code is 3.
    """
    from fitintel.views.files import brief_files
    from fitintel.views.nights import night_view

    with workbench() as bench, progress() as tell:
        report = bench.nightly(brief_files, day=day, athletes=athletes or (), notebooks=notebooks, workers=workers,
                               out=out, progress=tell, engine=engine, scheduler=scheduler)  # fmt: skip
        folder = out or bench.settings.briefs
    view = night_view(report)
    if json:
        emit({**view.as_dict(), "folder": str(folder)})
    else:
        say(view.said)
        for line in view.failures:
            say(line.text())
        if view.deliveries:
            table(("to", "by", "state", "reason"), view.deliveries)
        say(f"files    {folder}")
    raise typer.Exit(report.exit_code)
