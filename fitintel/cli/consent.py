"""fitintel consent: what an athlete lets others see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench

app = typer.Typer(no_args_is_help=True, help="Consent: what an athlete lets coaches and researchers see, and who did.")
Purpose = Annotated[str, typer.Option(help="coaching (coaches of the squad) or research (without names).")]


@app.command()
def give(
    category: Annotated[list[str], typer.Argument(help="profile, training, location, heart, sleep, body, feeling, "
                                                       "illness, cycle, notes, plan, brief.")],
    purpose: Purpose = "coaching",
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day. Default: no end.")] = None,
    guardian: Annotated[str, typer.Option(help="Who consents for a minor.")] = "",
    athlete: Athlete = None,
) -> None:  # fmt: skip
    """Let others see categories of data. Example: fitintel consent give training brief"""
    end = None if until is None else until.replace(hour=23, minute=59, second=59, tzinfo=UTC)
    with workbench() as bench:
        made = bench.give_consent(category, purpose, athlete_id=athlete, until=end, guardian=guardian)
    say(f"Given for {purpose}: {', '.join(one.category for one in made)}" if made else "It was given already")


@app.command()
def withdraw(
    category: Annotated[list[str] | None, typer.Argument(help="Categories. Default: all.")] = None,
    purpose: Purpose = "coaching",
    athlete: Athlete = None,
) -> None:
    """Take consent back; it holds at once, everywhere."""
    with workbench() as bench:
        made = bench.withdraw_consent(category or (), purpose, athlete_id=athlete)
    say(f"Withdrawn for {purpose}: {', '.join(one.category for one in made)}" if made else "None was given")


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Every version that ever was.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List what is consented to."""
    from fitintel.views.people import consent_dict, consent_rows

    with workbench() as bench:
        found = bench.consents(athlete, history=history)
    if json:
        emit([consent_dict(one) for one in found])
    elif not found:
        say("Nobody else sees anything. Next: fitintel consent give training brief")
    else:
        table(*consent_rows(found))


@app.command("who-saw")
def who_saw(
    last: Annotated[int, typer.Option(help="Newest rows.", min=1)] = 50, athlete: Athlete = None, json: Json = False
) -> None:
    """List who did and read what of an athlete."""
    from fitintel.views.people import seen_rows

    with workbench() as bench:
        found = bench.who_saw(athlete, last=last)
    header, rows = seen_rows(found)
    if json:
        emit([dict(zip(header, row, strict=True)) for row in rows])
    elif not rows:
        say("Nobody has")
    else:
        table(header, rows)
