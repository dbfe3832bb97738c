"""fitintel workouts: what is here, newest first, and one workout with everything that is known of it."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench

app = typer.Typer(help="List workouts, newest first, or show one.", no_args_is_help=False)


@app.callback(invoke_without_command=True)
def list_(
    context: typer.Context, athlete: Athlete = None,
    last: Annotated[int, typer.Option(help="How many, the newest first.", min=1)] = 20, json: Json = False,
) -> None:  # fmt: skip
    """List workouts, newest first."""
    if context.invoked_subcommand is not None:
        return
    from fitintel.core import days
    from fitintel.views.workouts import HEADER, RIGHT, workout_cells

    with workbench() as bench:
        who, total, rows = bench.latest_workouts(athlete, last)
        units = reader(bench)[0] or who.units
    if json:
        emit([{**row, "date": days.iso(row["day"])} for row in rows])
        return
    if not rows:
        say(f"{who.name} has no workouts yet. Take some in with: fitintel import FILE")
        return
    table(HEADER, [workout_cells(row, units) for row in rows], right=RIGHT)
    say(f"\n{len(rows):,} of {total:,} workouts. See one with: fitintel workouts show WORKOUT")


@app.command()
def show(
    workout: Annotated[str, typer.Argument(help="Its id, as the list shows it.")], athlete: Athlete = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Show one workout: figures, legs, laps, quality, repairs, problems, and what it is linked to."""
    from fitintel.views.workouts import workout_dict, workout_text

    with workbench() as bench:
        found = bench.workout(workout, athlete)
        units = reader(bench)[0] or found.athlete.units
    if json:
        emit(workout_dict(found.row, found.recorded, found.record, found.problems, found.links, found.trust,
                          found.load))  # fmt: skip
        return
    say(workout_text(found.row, found.recorded, found.record, found.problems, found.links, units, found.trust,
                     found.load))  # fmt: skip


@app.command()
def exclude(
    workout: Annotated[str, typer.Argument(help="Its id, as the list shows it.")], athlete: Athlete = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Leave a workout out of every figure; it is kept, and include lets it count again."""
    with workbench() as bench:
        _counts(bench.leave_out(workout, athlete_id=athlete), "left out of every figure", json)


@app.command()
def include(
    workout: Annotated[str, typer.Argument(help="Its id, as the list shows it.")], athlete: Athlete = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Let a workout count again that was left out."""
    with workbench() as bench:
        _counts(bench.count_again(workout, athlete_id=athlete), "counted again", json)


def _counts(changed: tuple[str, ...], word: str, as_json: bool) -> None:
    if as_json:
        emit({"workouts": list(changed)})
    else:
        say(f"{', '.join(changed)}: {word}." if changed else f"Nothing to change: it is {word} already.")
