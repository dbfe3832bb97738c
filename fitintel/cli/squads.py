"""fitintel squads: athletes and their coaches."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

app = typer.Typer(no_args_is_help=True, help="Squads: which coaches see which athletes, where those consent.")
SquadId = Annotated[str, typer.Argument(help="Id of the squad.")]
MemberId = Annotated[str, typer.Argument(help="Id of the membership, as fitintel squads list shows it.")]


@app.command()
def add(squad: SquadId, name: Annotated[str, typer.Option(help="What it is called.")] = "") -> None:
    """Add a squad."""
    with workbench() as bench:
        made = bench.add_squad(squad, name)
    say(f"Added the squad {made.id}")


@app.command()
def invite(
    squad: SquadId,
    who: Annotated[str, typer.Argument(help="Athlete id, or the account of a coach.")],
    coach: Annotated[bool, typer.Option("--coach", help="As its coach.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Without waiting for their word; at this machine only.")] = False,
) -> None:
    """Ask somebody into a squad."""
    with workbench() as bench:
        made = bench.invite(squad, who, "coach" if coach else "athlete", accepted=now)
    say(f"{who} is in {squad}" if made.since else f"{who} is invited to {squad}: {made.id}")


@app.command()
def accept(membership: MemberId) -> None:
    """Accept an invitation."""
    with workbench() as bench:
        made = bench.join_squad(membership)
    say(f"{made.who} is in {made.squad_id}")


@app.command()
def leave(membership: MemberId) -> None:
    """Leave a squad, or refuse an invitation; its coaches see nothing more."""
    with workbench() as bench:
        made = bench.leave_squad(membership)
    say(f"{made.who} has left {made.squad_id}")


@app.command()
def remove(membership: MemberId) -> None:
    """Take somebody out of a squad."""
    with workbench() as bench:
        made = bench.remove_member(membership)
    say(f"{made.who} is no longer in {made.squad_id}")


@app.command("list")
def list_(json: Json = False) -> None:
    """List squads and who is in them."""
    from fitintel.views.people import member_dict, member_rows

    with workbench() as bench:
        found = [(each.squad, one) for each in bench.squads() for one in each.members]
    if json:
        emit([member_dict(squad, one) for squad, one in found])
    elif not found:
        say("There is nobody in a squad. Next: fitintel squads add ID")
    else:
        table(*member_rows(found))
