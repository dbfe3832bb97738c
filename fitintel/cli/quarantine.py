"""fitintel quarantine: rows that wait to be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench
from fitintel.cli.import_ import exit_code, print_reports

app = typer.Typer(help="List the rows that wait to be mended, and try them again.", no_args_is_help=False)


@app.callback(invoke_without_command=True)
def list_(context: typer.Context, athlete: Athlete = None, json: Json = False) -> None:
    """List quarantined rows with rule, row, column, value and what to do."""
    if context.invoked_subcommand is not None:
        return
    from fitintel.views.imports import problem_dict

    with workbench() as bench:
        reader(bench)
        rows = [problem_dict(problem, bench.import_record(problem.import_id)) for problem in bench.quarantine(athlete)]
    if json:
        emit(rows)
        return
    if not rows:
        say("Nothing is in quarantine.")
        return
    table(("file", "row", "column", "rule", "value", "what to do"),
          [(row["file"], row["row"] or "file", row["column"], row["rule"], row["value"][:40], row["todo"])
           for row in rows], right=(1,))  # fmt: skip
    say("\nWhen mended or explained, try again with: fitintel quarantine retry")


@app.command()
def retry(
    mended: Annotated[
        list[Path] | None, typer.Argument(help="Mended files, under the names of those that wait; none: read again.")
    ] = None,
    athlete: Athlete = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd, where dates can be read two ways.")] = None,
    units: Annotated[str | None, typer.Option(help="metric or imperial.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone of times that do not say theirs, for example Europe/Berlin.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="Whose rows to take from a table of several people.")] = None,
    salvage: Annotated[
        bool, typer.Option("--salvage", help="Keep what can be read of damaged files, with a warning.")
    ] = False,
    json: Json = False,
) -> None:
    """Try the quarantined rows again, with the options given and today's rules.

    A file that was mended is named here: it takes the place of the one of its name, which is then no longer waiting.
    """
    with workbench() as bench:
        reports = bench.retry(athlete, date_order=date_order, units=units, zone=zone, person=person,
                              salvage=salvage or None, mended=mended or ())  # fmt: skip
        read_in, _language = reader(bench)
    print_reports(reports, read_in, as_json=json)
    if not reports and not json:
        say("Nothing is in quarantine.")
    raise typer.Exit(exit_code(reports))
