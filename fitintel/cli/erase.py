"""fitintel erase: an athlete's data, removed for good."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, workbench


def erase(
    athlete: Annotated[str, typer.Argument(help="Id of the athlete.")],
    confirm: Annotated[str, typer.Option(help="The id once more, instead of being asked for it.")] = "",
    json: Json = False,
) -> None:
    """Remove everything of an athlete for good: workouts, files, samples, statements, briefs, answers.

    Take the data along first with: fitintel export. Rows of the audit chain stay; they hold no figure.
    """
    if not confirm and not json:
        confirm = str(typer.prompt(f"This cannot be undone. To confirm, type {athlete}"))
    with workbench() as bench:
        gone = bench.erase(athlete, confirm)
    if json:
        emit({"athlete": gone.athlete_id, "rows": gone.rows, "files": gone.files})
    else:
        say(f"Erased {gone.athlete_id}: {gone.rows:,} rows and {gone.files:,} stored files.")
