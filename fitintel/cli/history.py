"""fitintel history: what changed, year by year."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench


def history(
    year: Annotated[int | None, typer.Option(help="What changed in this year. Default: the whole history.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """What changed, and when: years, regimes, and each lasting or possible change with before and after."""
    from fitintel.views.history import change_lines, history_title, regime_rows, year_rows

    with workbench() as bench:
        told = bench.history(athlete, year)
        units, _language = reader(bench)
        shown = units or bench.athlete(told.athlete_id).units
    found = told.as_dict()
    if json:
        emit(found)
        return
    say(history_title(found))
    for title, (header, rows) in (("Years", year_rows(found, shown)), ("Regimes", regime_rows(found, shown))):
        if rows:
            say(f"\n{title}")
            table(header, rows, right=range(2 if title == "Regimes" else 1, len(header)))
    for line in change_lines(found, shown):
        say(f"\n{line.title}")
        say(f"  before  {line.before}")
        say(f"  after   {line.after}")
        say(f"  weeks   {line.segment}")
        say(f"  run     {line.run_id}")
