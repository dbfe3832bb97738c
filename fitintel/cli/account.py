"""fitintel account: who may come in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

app = typer.Typer(no_args_is_help=True, help="Accounts: who may come in, as what, and with what they are checked.")
Name = Annotated[str, typer.Argument(help="Name of the account.")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="File with the password. Default: it is asked for.")
]


@app.command()
def add(
    name: Name,
    role: Annotated[list[str], typer.Option(help="athlete, coach, data_scientist or admin; more than once.")],
    athlete: Annotated[str | None, typer.Option(help="Id of the athlete that it is. Default: the name.")] = None,
    password_file: PasswordFile = None,
    no_password: Annotated[bool, typer.Option("--no-password", help="Nobody logs in until one is set.")] = False,
    json: Json = False,
) -> None:
    """Add an account. The first ones are added at this machine: fitintel account add boss --role admin"""
    from fitintel.views.people import account_dict

    password = None if no_password else _password(password_file)
    with workbench() as bench:
        made = bench.add_account(name, role, athlete_id=athlete, password=password)
    if json:
        emit(account_dict(made))
        return
    say(f"Added {made.id}: {', '.join(sorted(made.roles))}")
    if not made.roles <= {"athlete"}:
        say(f"Next: fitintel account totp {made.id} (its rights count with a second factor only)")


@app.command("list")
def list_(json: Json = False) -> None:
    """List the accounts."""
    from fitintel.views.people import account_dict, account_rows

    with workbench() as bench:
        found = bench.accounts()
    if json:
        emit([account_dict(one) for one in found])
    elif not found:
        say("There are no accounts: everything here is the owner's. Next: fitintel account add NAME --role admin")
    else:
        table(*account_rows(found))


@app.command()
def roles(name: Name, role: Annotated[list[str], typer.Option(help="Each role that it has from now on.")]) -> None:
    """Give an account these roles and no others; nobody changes their own."""
    with workbench() as bench:
        made = bench.change_roles(name, role)
    say(f"{made.id} is now: {', '.join(sorted(made.roles))}")


@app.command()
def passwd(name: Name, password_file: PasswordFile = None) -> None:
    """Set a new password; every log-in of the account ends."""
    password = _password(password_file)
    with workbench() as bench:
        bench.set_password(name, password)
    say(f"{name} has a new password; every log-in has ended")


@app.command()
def totp(
    name: Name,
    drop: Annotated[bool, typer.Option("--drop", help="Take a lost second factor away.")] = False,
) -> None:
    """Set up a second factor: a device that shows a new code every 30 seconds."""
    with workbench() as bench:
        if drop:
            bench.drop_second_factor(name)
            say(f"{name} has no second factor any more; every log-in has ended")
            return
        made = bench.begin_second_factor(name)
        say(f"Enter this in the device: {made.secret}")
        say(f"or this address as a QR code: {made.address}")
        bench.confirm_second_factor(typer.prompt("Code that it shows"), name)
    say(f"From now on {name} logs in with a code")


@app.command()
def disable(name: Name) -> None:
    """Let an account in no longer; its log-ins and tokens end at once."""
    with workbench() as bench:
        bench.disable_account(name)
    say(f"{name} can no longer log in")


@app.command()
def enable(name: Name) -> None:
    """Let an account in again."""
    with workbench() as bench:
        bench.disable_account(name, on=False)
    say(f"{name} can log in again")


@app.command()
def link(
    name: Name,
    issuer: Annotated[str, typer.Option(help="Address of the organisation, as it writes its issuer.")] = "",
    subject: Annotated[str, typer.Option(help="What it calls the person (`sub`).")] = "",
) -> None:
    """Let somebody in whom an organisation vouches for (OpenID Connect); without options the link is taken away."""
    with workbench() as bench:
        made = bench.link_account(name, issuer, subject)
    say(f"{name} is let in as {made.subject}" if made.subject else f"{name} is linked to no organisation")


@app.command("log-ins")
def log_ins(
    name: Name, end: Annotated[bool, typer.Option("--end", help="End all of them, and tokens for programs.")] = False
) -> None:
    """List the log-ins of an account."""
    from fitintel.views.people import log_in_rows

    with workbench() as bench:
        if end:
            say(f"Ended: {bench.end_log_ins(name)}")
            return
        table(*log_in_rows(bench.log_ins(name)))


def _password(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    from fitintel.core.errors import UsageError

    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("The file with the password cannot be read", where=str(file), why=str(error)) from error
