"""fitintel threshold: capacity values with the day they hold from."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json

app = typer.Typer(help="State thresholds, each with the day it holds from.", no_args_is_help=True)


@app.command()
def add(
    kind: Annotated[
        str, typer.Argument(help="power, critical_power, w_prime, heart_rate, hr_max, hr_rest, speed, vo2max.")
    ],
    value: Annotated[str, typer.Argument(help="250W, 20kJ, 168bpm, 4:10/km; none withdraws it.")],
    from_: Annotated[str, typer.Option("--from", help="First day on which it holds.")] = "today",
    sport: Annotated[str, typer.Option("--sport", "-s", help="Only for this sport.")] = "",
    protocol: Annotated[str, typer.Option(help="How it was found: 20 min test, laboratory, ...")] = "",
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """State a threshold. A later statement for the same day corrects it; the earlier one stays readable.

    Example: fitintel threshold add power 250W --from 2025-09-01 --sport cycling --protocol "20 min test"
    """
    from fitintel.cli.stated import state

    state("threshold", athlete, json, kind=kind, value=value, valid_from=from_, sport=sport, protocol=protocol)


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Corrected and withdrawn ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the thresholds that hold."""
    from fitintel.cli.stated import listed

    listed("threshold", athlete, json, history=history)
