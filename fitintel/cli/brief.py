"""fitintel brief: the daily brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, progress, say, workbench
from fitintel.cli.import_ import exit_code, print_reports


def brief(
    athlete: Athlete = None,
    day: Annotated[
        str | None,
        typer.Option(help="2025-10-07, today, or latest. Default: today, or the last day with data if that is old."),
    ] = None,
    units: Annotated[str | None, typer.Option(help="metric or imperial. Default: the athlete's own.")] = None,
    data: Annotated[Path | None, typer.Option(help="Import this file for yourself first.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for notebook and page. Default: in the workspace.")] = None,
    notebook: Annotated[bool, typer.Option(help="Execute the notebook and render the page.")] = True,
    json: Json = False,
) -> None:
    """Make one athlete's daily brief: an executed notebook, a self-contained page, and the text here.

    With nothing imported yet, a simulated squad is made first, and the brief is of one of its athletes.
    """
    from fitintel.views.opened import view_of

    code = 0
    with workbench() as bench, progress() as tell:
        if data is not None:
            reports = bench.import_files([data], athlete_id=athlete, progress=tell)
            code = exit_code(reports)
            if not json:
                print_reports(reports, as_json=False)
                say()
        elif not bench.athletes():
            made = bench.ensure_demo(progress=tell)
            if not json:
                say(f"Nothing is imported yet, so a simulated squad of {made} athletes was made.")
                say("Import your own file with: fitintel import FILE\n")
        paths = {}
        if notebook:
            published = bench.publish(athlete, day, units, out=out, progress=tell)
            opened = published.opened
            paths = {"notebook": str(published.notebook), "html": str(published.html)}
        else:
            opened = bench.open_brief(athlete, day)
        tracked = bench.track()
    view = view_of(opened, units)
    if json:
        emit({**view.as_dict(), **paths, "tracked": tracked})
    else:
        view.show()
        if not tracked:
            say("MLflow could not be reached; the brief is complete and will be logged next time.")
        for label, path in paths.items():
            say(f"{label:<9}{path}")
    raise typer.Exit(code)
