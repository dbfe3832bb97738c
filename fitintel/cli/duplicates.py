"""fitintel duplicates: workouts that are one, or may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, workbench

if TYPE_CHECKING:
    from fitintel.workbench.door import Workbench
    from fitintel.workbench.duplicates import Duplicates

app = typer.Typer(help="List workouts that are one or may be, and decide.", no_args_is_help=False)
First = Annotated[str, typer.Argument(help="Id of a workout.")]
Second = Annotated[str, typer.Argument(help="Id of the other workout.")]


@app.callback(invoke_without_command=True)
def list_(context: typer.Context, athlete: Athlete = None, json: Json = False) -> None:
    """List what was merged and why, what waits for a decision, and what was said to be two."""
    if context.invoked_subcommand is None:
        with workbench() as bench:
            _print(bench, bench.duplicates(athlete), as_json=json)


@app.command()
def look(athlete: Athlete = None, json: Json = False) -> None:
    """Compare every workout with every other anew; decisions of people stay."""
    with workbench() as bench:
        _print(bench, bench.duplicates(athlete, look=True), as_json=json)


@app.command()
def merge(first: First, second: Second, athlete: Athlete = None, json: Json = False) -> None:
    """Say that two workouts are one: they count once from now on. Undo with split."""
    _decide("merge", first, second, athlete=athlete, json=json)


@app.command()
def keep(first: First, second: Second, athlete: Athlete = None, json: Json = False) -> None:
    """Say that two workouts are two: both count, and it is not asked again."""
    _decide("keep", first, second, athlete=athlete, json=json)


@app.command()
def split(workout: First, athlete: Athlete = None, json: Json = False) -> None:
    """Take a workout out of the group it was merged into: it counts by itself again."""
    _decide("split", workout, athlete=athlete, json=json)


def _decide(what: str, *ids: str, athlete: str | None, json: bool) -> None:
    with workbench() as bench:
        _print(bench, bench.decide_duplicates(what, *ids, athlete_id=athlete), as_json=json)


def _print(bench: Workbench, found: Duplicates, *, as_json: bool) -> None:
    from fitintel.views.duplicates import asked_dicts, duplicates_text, link_dicts

    if as_json:
        emit([*link_dicts(found.links), *asked_dicts(found.asked)])
    else:
        units, _language = reader(bench)
        say(duplicates_text(found.links, found.workouts, units or bench.athlete(found.athlete_id).units, found.asked))
