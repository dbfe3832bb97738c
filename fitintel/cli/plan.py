"""fitintel plan: workouts that are planned."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json

app = typer.Typer(help="Plan workouts; consistency then counts how much of the plan was done.", no_args_is_help=True)


@app.command()
def add(
    day: Annotated[str, typer.Argument(help="The day it is planned for: 2025-10-12.")],
    sport: Annotated[str, typer.Option("--sport", "-s", help="running, walking, hiking, cycling, ...")] = "running",
    duration: Annotated[str, typer.Option("--duration", "-t", help="45min, 1h05 or 1:05:00.")] = "",
    distance: Annotated[str, typer.Option("--distance", "-d", help="8.2km, 5mi or 400m.")] = "",
    rpe: Annotated[float | None, typer.Option(help="How hard it is to be, 0 to 10.")] = None,
    notes: Annotated[str, typer.Option(help="Free text; never interpreted.")] = "",
    number: Annotated[int, typer.Option(help="Which workout of that day, from 1.")] = 1,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the plan for that day back.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Plan a workout; planning it again for the same day changes the plan."""
    from fitintel.cli.stated import state

    state("plan", athlete, json, day=day, sport=sport, duration=duration, distance=distance, rpe=rpe, notes=notes,
          number=number, withdraw=withdraw)  # fmt: skip


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Changed and withdrawn ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the planned workouts."""
    from fitintel.cli.stated import listed

    listed("plan", athlete, json, history=history)
