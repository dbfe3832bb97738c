"""fitintel explain: from a figure to the rows it was made from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench
from fitintel.core.errors import UsageError


def explain(
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN_ID|BRIEF_LINE",
            help="Run id (r-...), number of a line in the newest brief, BRIEF_ID/NUMBER, or key of an alert.",
        ),
    ] = None,
    athlete: Athlete = None,
    lines: Annotated[bool, typer.Option("--lines", help="List the lines of the newest brief with their numbers.")]
    = False,
    cell: Annotated[bool, typer.Option("--cell", help="Print a notebook cell that computes it again.")] = False,
    notebook: Annotated[Path | None, typer.Option(help="Write a notebook with that cell.")] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Open a figure: its runs, formula with the numbers put in, parameters, source, and the rows of the files."""
    from fitintel.views.explained import explained_dict, explained_text
    from fitintel.views.opened import view_of

    with workbench() as bench:
        if lines:
            opened = bench.open_brief(athlete)
            numbered = view_of(opened).numbered(opened.brief)
            if json:
                emit([{"line": f"{opened.brief.id}/{number}", "text": text, "run": run}
                      for number, text, run in numbered])  # fmt: skip
            else:
                table(("line", "says", "run"), [(number, text, run) for number, text, run in numbered], right=(0,))
            return
        if asked is None:
            raise UsageError("Nothing to explain is named", next="fitintel explain --lines, then fitintel explain 3")
        found = bench.explain(asked, athlete)
        written = bench.explain_notebook(found, notebook) if notebook is not None else None
        code = bench.explain_cell(found) if cell else ""
    if cell:
        say(code)
    elif json:
        emit({**explained_dict(found), **({"notebook": str(written)} if written else {})})
    else:
        say(explained_text(found))
    if written is not None and not json:
        say(f"\nnotebook  {written}")
