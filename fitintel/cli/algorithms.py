"""fitintel algorithms: what makes the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench
from fitintel.core.errors import UsageError

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
    """Show an algorithm: formula, inputs, source, limits, versions, how it fared, and who put it in use and why."""
    from fitintel.views.algorithm import algorithm_view

    with workbench() as bench:
        found = bench.open_algorithm(algorithm_id)
    view = algorithm_view(found)
    if json:
        emit(view.as_dict() | found.card.as_dict())
    else:
        say(view.text)


@app.command()
def new(
    algorithm_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the new algorithm, lower_case.")],
    family: Annotated[str, typer.Option(help="Where it belongs: load, recovery, forecast ...")],
    json: Json = False,
) -> None:
    """Write a new algorithm into this checkout from a template: its file, golden inputs and a test. CONTRIBUTING.md
    walks through it."""  # fmt: skip
    with workbench() as bench:
        written = bench.draft(algorithm_id, family)
    _say_written(written, json)


@app.command()
def challenger(
    algorithm_id: Annotated[str, typer.Argument(metavar="ID", help="Algorithm that is challenged.")],
    version: Annotated[str | None, typer.Option(help="Version of the challenger. Default: the next minor one.")] = None,
    json: Json = False,
) -> None:
    """Write a challenger into this checkout: the version in use under the next number, to be changed, and a test."""
    with workbench() as bench:
        written = bench.draft_challenger(algorithm_id, version)
    _say_written(written, json)


def _say_written(written: Sequence[Path], json: bool) -> None:
    if json:
        emit({"written": [str(path) for path in written]})
        return
    for path in written:
        say(f"written  {path}")
    say("\nEdit them, then: make golden, make generate, make test")


@app.command()
def register(
    algorithm_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Algorithm of a challenger.")] = None,
    challenger: Annotated[str | None, typer.Option(help="Version to register with the alias challenger.")] = None,
    json: Json = False,
) -> None:
    """Register every card as a model in MLflow, with its version, tags and the alias champion; or one challenger."""
    if (algorithm_id is None) != (challenger is None):
        raise UsageError(
            "Only challengers are registered one at a time", next="fitintel algorithms register ID --challenger VERSION"
        )
    with workbench() as bench:
        if algorithm_id is not None and challenger is not None:
            done = bench.register_challenger(algorithm_id, challenger)
            if json:
                emit(done)
            else:
                say(f"{done['model']} {done['version']} has the alias {done['alias']} in {done['uri']}")
            return
        registered = bench.register()
    if json:
        emit(registered)
    else:
        say(f"{registered['registered']} registered, {registered['unchanged']} unchanged, in {registered['uri']}")


@app.command()
def check(
    algorithm_ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Default: all.")] = None,
    json: Json = False,
) -> None:
    """Verify the models that MLflow keeps of the versions in use: signature, files, code, version. Exit code 1 if any
    is refused."""  # fmt: skip
    with workbench() as bench:
        found = bench.look_at_models(*(algorithm_ids or ()))
    refused = [one for one in found if one.refused]
    if json:
        emit([{"algorithm": one.algorithm, "version": one.version, "fitted": one.fitted, "refused": one.refused}
              for one in found])  # fmt: skip
    else:
        for one in refused:
            say(f"REFUSED  {one.algorithm} {one.version}: {one.refused}")
        fitted = sum(one.fitted for one in found)
        say(f"{len(found) - len(refused)} of {len(found)} registered models are what was signed; {fitted} are fitted.")
    raise typer.Exit(1 if refused else 0)
