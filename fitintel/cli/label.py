"""fitintel label: say what a workout was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench

if TYPE_CHECKING:
    from fitintel.core.answers import Label


class _Labels(TyperGroup):
    """`fitintel label WORKOUT activity=walk` is short for `fitintel label add WORKOUT activity=walk`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["add", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Labels, no_args_is_help=True,
    help="Say what a workout was: it always wins over an algorithm, and the algorithm learns from it.",
)  # fmt: skip
Workout = Annotated[str, typer.Argument(help="Id of the workout, as fitintel workouts shows it.")]


@app.command()
def add(
    workout: Workout,
    given: Annotated[list[str], typer.Argument(help="activity=LABEL and session=LABEL; one or both.")],
    why: Annotated[str, typer.Option(help="How you know; kept with the label.")] = "",
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Say what a workout was. Example: fitintel label WORKOUT activity=walk session=easy

    activity: run, walk, hike, ride, swim, strength, mixed, other, outlier. session: easy, long, tempo, interval, race,
    recovery.
    """
    from fitintel.core.errors import UsageError

    said = {}
    for each in given:
        level, sign, value = each.partition("=")
        if not sign or level in said:
            raise UsageError(f"{each!r} does not say one level and its label", next="write activity=walk")
        said[level] = value
    with workbench() as bench:
        held = bench.label(workout, why=why, athlete_id=athlete, **said)
    _tell(held, json, "Kept")


@app.command()
def undo(
    workout: Workout,
    level: Annotated[str | None, typer.Argument(help="activity or session. Default: both.")] = None,
    why: Annotated[str, typer.Option(help="Why it is taken back.")] = "",
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Take back what was said of a workout; it stays readable with fitintel label list --history."""
    with workbench() as bench:
        gone = bench.unlabel(workout, level, why, athlete_id=athlete)
    _tell(gone, json, "Taken back")


@app.command("list")
def list_(
    history: Annotated[bool, typer.Option("--history", help="Corrected and withdrawn ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the labels that hold."""
    from fitintel.views.labels import label_dict, label_rows

    with workbench() as bench:
        found = bench.labels(athlete, history=history)
    if json:
        emit([label_dict(one) for one in found])
    elif not found:
        say("No workout has a label. Next: fitintel label WORKOUT activity=walk")
    else:
        table(*label_rows(found))


def _tell(labels: tuple[Label, ...], as_json: bool, word: str) -> None:
    from fitintel.views.labels import label_dict, label_text

    if as_json:
        emit([label_dict(one) for one in labels])
        return
    for one in labels:
        say(f"{word}: {label_text(one)}")
