"""fitintel query: one's own data in SQL."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the tables that --tables lists.")] = "",
    tables: Annotated[bool, typer.Option("--tables", help="List the tables and their columns.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print for a spreadsheet.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Ask your own data in SQL: read only, in memory, without files or network.

    Example: fitintel query "SELECT sport, count(*) FROM workouts GROUP BY sport"
    """
    from fitintel.core.errors import UsageError
    from fitintel.views.app.query import cell, csv_text, summary, table_rows

    if not sql and not tables:
        raise UsageError("No question is given", next='fitintel query "SELECT count(*) FROM workouts", or --tables')
    with workbench() as bench:
        if tables:
            header, rows = table_rows(bench.query_tables())
            _said(header, rows, json)
            return
        found = bench.query(sql, athlete)
    if json:
        emit({"columns": found.columns, "rows": found.rows, "more": found.more})
    elif csv:
        say(csv_text(found.columns, found.rows).rstrip("\r\n"))
    else:
        table(found.columns, [[cell(one) for one in row] for row in found.rows])
        say(f"\n{summary(len(found.rows), found.more)}")


def _said(header: tuple[str, ...], rows: list[tuple[str, ...]], as_json: bool) -> None:
    if as_json:
        emit(dict(rows))  # type: ignore[arg-type]
    else:
        table(header, rows)
