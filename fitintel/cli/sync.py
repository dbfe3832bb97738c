"""fitintel sync: what is new at connected services comes in."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, progress, say, workbench


def sync(
    athlete: Athlete = None,
    provider: Annotated[str | None, typer.Option(help="Only this service: strava or intervals.")] = None,
    since: Annotated[
        str | None, typer.Option(help="From this day on, 2024-02-29; default: where the last sync ended.")
    ] = None,
    reparse: Annotated[
        bool, typer.Option("--reparse", help="Read what was fetched again, without asking the services.")
    ] = False,
    json: Json = False,
) -> None:
    """Fetch what is new, changed or deleted at connected services. Stop it at any time: it goes on where it stopped."""
    with workbench() as bench, progress() as tell:
        reports = bench.sync(athlete, provider=provider, since=since, reparse=reparse, progress=tell)
    if json:
        emit([report.as_dict() for report in reports])
    elif not reports:
        say("No account is connected. Next: fitintel connect strava, or fitintel connect intervals")
    else:
        from fitintel.views.accounts import sync_text

        for report in reports:
            say(sync_text(report))
    if any(report.error is not None for report in reports):
        raise typer.Exit(1)
    if any(report.quarantined for report in reports):
        raise typer.Exit(3)
