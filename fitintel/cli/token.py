"""fitintel token: programs that work for a person."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

app = typer.Typer(no_args_is_help=True, help="Tokens for programs: as an account, with no more than their scopes.")


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help="workout:read, *:read, brief:* ...; more than once.")],
    account: Annotated[str | None, typer.Option(help="Whose. Default: yours.")] = None,
    days: Annotated[int, typer.Option(help="How long it is good.")] = 90,
    json: Json = False,
) -> None:
    """Make a token; it is shown this once. Use it as FITINTEL_TOKEN, or as bearer token."""
    from fitintel.views.people import moment, token_dict

    with workbench() as bench:
        made = bench.new_token(name, scope, days=days, account=account)
    if json:
        emit({**token_dict(made.token), "token": made.secret})
        return
    say(made.secret)
    say(f"Good until {moment(made.token.expires_at)} UTC; end it with: fitintel token revoke {made.token.id}")


@app.command("list")
def list_(
    account: Annotated[str | None, typer.Option(help="Whose. Default: yours.")] = None, json: Json = False
) -> None:
    """List tokens, without their secrets."""
    from fitintel.views.people import token_dict, token_rows

    with workbench() as bench:
        found = bench.tokens(account)
    if json:
        emit([token_dict(one) for one in found])
    elif not found:
        say("There is no token")
    else:
        table(*token_rows(found))


@app.command()
def revoke(token: Annotated[str, typer.Argument(help="Id of the token, as fitintel token list shows it.")]) -> None:
    """End a token, at once and for good."""
    with workbench() as bench:
        bench.revoke_token(token)
    say(f"{token} is revoked")
