"""fitintel deliver: who gets an athlete's briefs."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench

app = typer.Typer(
    help="Who gets an athlete's briefs after a night, by e-mail or as a signed webhook.\n\n"
    "Settings: FITINTEL_SMTP_URL and FITINTEL_MAIL_FROM, FITINTEL_WEBHOOK_HOSTS and FITINTEL_WEBHOOK_SECRET "
    "(fitintel doctor explains them).",
    no_args_is_help=True,
)


@app.command("add")
def add(
    athlete: Athlete = None,
    mail: Annotated[str | None, typer.Option(help="An e-mail address.")] = None,
    webhook: Annotated[str | None, typer.Option(help="An https:// address.")] = None,
) -> None:
    """Send an athlete's briefs there from the next night on; at most one a day."""
    from fitintel.core.errors import UsageError

    given = [(channel, to) for channel, to in (("mail", mail), ("webhook", webhook)) if to]
    if len(given) != 1:
        raise UsageError("Say where briefs go: one of --mail and --webhook")
    with workbench() as bench:
        one = bench.add_recipient(athlete, *given[0])
    say(f"Briefs of {one.athlete_id} go to {one.address} ({one.channel}).")
    say(f"Take it back with: fitintel deliver remove {one.id}")


@app.command("list")
def list_(athlete: Athlete = None, json: Json = False) -> None:
    """Who gets briefs."""
    with workbench() as bench:
        found = bench.recipients(athlete)
    rows = [(one.id, one.athlete_id, one.channel, one.address, one.by) for one in found]
    names = ("id", "athlete", "by", "address", "asked for by")
    if json:
        emit([dict(zip(names, row, strict=True)) for row in rows])
    elif rows:
        table(names, rows)
    else:
        say("Nobody gets briefs yet. Add somebody with: fitintel deliver add --mail anna@example.org")


@app.command("remove")
def remove(
    recipient: Annotated[str, typer.Argument(help="An id of fitintel deliver list.")], athlete: Athlete = None
) -> None:  # fmt: skip
    """Send nothing more there."""
    with workbench() as bench:
        bench.remove_recipient(athlete, recipient)
    say("Nothing more goes there.")
