"""fitintel goal: what the athlete aims at."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json

app = typer.Typer(help="State goals: training days, time or distance a week, or an event.", no_args_is_help=True)


@app.command()
def add(
    kind: Annotated[str, typer.Argument(help="training_days, weekly_duration, weekly_distance, ctl or event.")],
    value: Annotated[str, typer.Argument(help="4, 5h, 40km; none withdraws it.")] = "",
    from_: Annotated[
        str, typer.Option("--from", help="First day on which it holds; the day of an event or of CTL.")
    ] = "today",
    name: Annotated[str, typer.Option(help="Name of an event.")] = "",
    sport: Annotated[str, typer.Option(help="Sport of an event: running.")] = "",
    distance: Annotated[str, typer.Option(help="Distance of a race, with its unit: 10km.")] = "",
    time: Annotated[str, typer.Option(help="Time to finish a race in: 45min, 0:44:30 or 3:45:00.")] = "",
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """State a goal. Example: fitintel goal add training_days 4 --from 2025-09-01

    A race: fitintel goal add event --name "City run" --from 2026-05-03 --sport running --distance 10km --time 45min
    """
    from fitintel.cli.stated import state

    state("goal", athlete, json, kind=kind, value=value, valid_from=from_, name=name, sport=sport,
          distance=distance, time=time)  # fmt: skip


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Corrected and withdrawn ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the goals that hold."""
    from fitintel.cli.stated import listed

    listed("goal", athlete, json, history=history)
