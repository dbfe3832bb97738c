"""fitintel emergency: an administrator reads an athlete's data, with a reason and a second person."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

app = typer.Typer(
    no_args_is_help=True,
    help="Emergencies: an administrator reads one athlete's data for at most an hour; the athlete is told.",
)
GlassId = Annotated[str, typer.Argument(help="Id, as fitintel emergency list shows it.")]


@app.command()
def ask(
    athlete: Annotated[str, typer.Argument(help="Athlete id.")],
    reason: Annotated[str, typer.Option(help="What has happened; the athlete reads it.")],
    minutes: Annotated[int, typer.Option(help="For how long, at most 60.")] = 60,
) -> None:
    """Ask to read an athlete's data; it opens once another administrator approves."""
    with workbench() as bench:
        made = bench.break_glass(athlete, reason, minutes)
    say(f"Asked: {made.id}. Next, somebody else: fitintel emergency approve {made.id}")


@app.command()
def approve(glass: GlassId) -> None:
    """Approve what another administrator asked."""
    with workbench() as bench:
        made = bench.approve_glass(glass)
    say(f"Open for {made.account_id} for {made.minutes} minutes")


@app.command()
def end(glass: GlassId) -> None:
    """Close it before its time."""
    with workbench() as bench:
        bench.end_glass(glass)
    say(f"{glass} is closed")


@app.command("list")
def list_(
    athlete: Annotated[str | None, typer.Option(help="Of this athlete only.")] = None, json: Json = False
) -> None:
    """List emergencies."""
    from fitintel.views.people import glass_dict, glass_rows

    with workbench() as bench:
        found = bench.glasses(athlete)
    if json:
        emit([glass_dict(one) for one in found])
    elif not found:
        say("There was none")
    else:
        table(*glass_rows(found))
