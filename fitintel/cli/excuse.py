"""fitintel excuse: days that no habit is judged by."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json

app = typer.Typer(help="Excuse days: consistency leaves out weeks in which one was ill or away.", no_args_is_help=True)


@app.command()
def add(
    first: Annotated[str, typer.Argument(help="First excused day: 2025-10-12.")],
    last: Annotated[str, typer.Argument(help="Last excused day. Default: the first.")] = "",
    reason: Annotated[
        str, typer.Option(help="ill, injured, travelling, holiday, not_synchronised or other.")
    ] = "other",
    notes: Annotated[str, typer.Option(help="Free text; never interpreted.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the excuse that begins on that day back.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Excuse days. Example: fitintel excuse add 2025-10-06 2025-10-12 --reason ill"""
    from fitintel.cli.stated import state

    state("excuse", athlete, json, first=first, last=last, reason=reason, notes=notes, withdraw=withdraw)


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Changed and withdrawn ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the excused days."""
    from fitintel.cli.stated import listed

    listed("excuse", athlete, json, history=history)
