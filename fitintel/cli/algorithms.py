"""fitintel algorithms: what makes the numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

app = typer.Typer(help="List the algorithms behind every number, or show one with its card.", no_args_is_help=False)


@app.callback(invoke_without_command=True)
def list_(context: typer.Context, json: Json = False) -> None:
    """List every algorithm with version, family and validity."""
    if context.invoked_subcommand is not None:
        return
    with workbench() as bench:
        cards = bench.cards()
    if json:
        emit([card.as_dict() for card in cards.values()])
        return
    ordered = sorted(cards.values(), key=lambda card: (card.family, card.id))
    table(("family", "id", "version", "validity", "title"),
          [(card.family, card.id, card.version, card.validity.value, card.title) for card in ordered])  # fmt: skip
    say("\nShow one with: fitintel algorithms show ID")


@app.command()
def show(
    algorithm_id: Annotated[str, typer.Argument(metavar="ID", help="Algorithm id, as listed.")], json: Json = False
) -> None:
    """Show an algorithm's card: what it takes and gives, its source, and how far to trust it."""
    from fitintel.views.cards import card_text

    with workbench() as bench:
        card = bench.card(algorithm_id)
    if json:
        emit(card.as_dict())
    else:
        say(card_text(card))


@app.command()
def register(json: Json = False) -> None:
    """Register every card as a model in MLflow, with its version, tags and the alias champion."""
    with workbench() as bench:
        registered = bench.register()
    if json:
        emit(registered)
    else:
        say(f"{registered['registered']} registered, {registered['unchanged']} unchanged, in {registered['uri']}")
