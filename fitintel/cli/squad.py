"""fitintel squad: who needs a look."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, Language, emit, progress, reader, say, workbench


def squad(
    day: Annotated[str | None, typer.Option(help="2025-10-07, today, or latest. Default: as fitintel brief.")] = None,
    units: Annotated[str | None, typer.Option(help="metric or imperial. Default: each athlete's own.")] = None,
    language: Language = None,
    html: Annotated[bool, typer.Option("--html", help="Execute the notebook and render the page too.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for notebook and page. Default: in the workspace.")] = None,
    json: Json = False,
) -> None:
    """One row an athlete: who needs a look first, with the two reasons."""
    from fitintel.views.squad import squad_view

    with workbench() as bench, progress() as tell:
        read_in, language = reader(bench, units, language)
        view = squad_view(bench.squad(day, progress=tell), read_in, language)
        made = bench.publish_squad(day, read_in, out=out, language=language) if html else None
    paths = {"notebook": str(made[0]), "html": str(made[1])} if made else {}
    if json:
        emit({**view.as_dict(), **paths})
        return
    say(view.text())
    for label, path in paths.items():
        say(f"{label:<9}{path}")
