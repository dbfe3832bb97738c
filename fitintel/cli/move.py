"""fitintel move: to another database."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say


def move(
    to: Annotated[str, typer.Option(help="URL of an empty database: mysql://..., mariadb://... or sqlite:///...")],
    json: Json = False,
) -> None:
    """Copy everything to another database, as from SQLite to MySQL; what is here stays.

    Every table is compared before the copy is kept. Files, keys and MLflow stay where they are. Stop what writes first.
    """
    from fitintel.core.settings import read
    from fitintel.workbench.moving import move as move_

    done = move_(read(), to)
    if json:
        emit(done)
        return
    filled = {name: rows for name, rows in done.items() if rows}
    say(f"{sum(filled.values()):,} rows in {len(filled)} tables, each the same as it was")
    say("From now on: export FITINTEL_DATABASE_URL to that address")
