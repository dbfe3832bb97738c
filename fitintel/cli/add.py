"""fitintel add: a workout typed by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, reader, workbench
from fitintel.cli.import_ import exit_code, print_reports


def add(
    date: Annotated[str, typer.Argument(help="Day of the workout: 2025-10-07.")],
    sport: Annotated[str, typer.Option("--sport", "-s", help="running, walking, hiking, cycling, ...")] = "running",
    duration: Annotated[str | None, typer.Option("--duration", "-t", help="45, 45min, 0:45:00 or 1h05.")] = None,
    distance: Annotated[str | None, typer.Option("--distance", "-d", help="8.2km, 5mi or 400m.")] = None,
    heart_rate: Annotated[float | None, typer.Option(help="Mean heart rate, bpm.")] = None,
    rpe: Annotated[float | None, typer.Option(help="How hard it was, 0 (rest) to 10 (maximal).")] = None,
    notes: Annotated[str | None, typer.Option(help="Free text; never interpreted.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Add a workout typed by hand; it goes through the same checks as a file.

    Example: fitintel add 2025-10-07 --sport running --duration 45min --distance 8.2km --rpe 4
    """
    with workbench() as bench:
        report = bench.add(athlete_id=athlete, date=date, sport=sport, duration=duration, distance=distance,
                           hr_mean=heart_rate, rpe=rpe, notes=notes)  # fmt: skip
        read_in, _language = reader(bench)
    print_reports([report], read_in, as_json=json)
    raise typer.Exit(exit_code([report]))
