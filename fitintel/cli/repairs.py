"""fitintel repairs: what was repaired in a recorded workout, and turning a repair off or on."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, progress, reader, say, workbench


def repairs(
    workout: Annotated[str | None, typer.Argument(metavar="[WORKOUT]", help="Workout id (w-...).")] = None,
    off: Annotated[list[str] | None, typer.Option(help="Turn this repair off; may be repeated.")] = None,
    on: Annotated[list[str] | None, typer.Option(help="Turn this repair on again; may be repeated.")] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Make figures again from the kept file, as this release does; of all without a WORKOUT."
        ),
    ] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Show what each repair changed in a recorded workout, and its quality; the recorded samples always stay.

    After an upgrade: fitintel repairs --again
    """
    from fitintel.core.errors import UsageError
    from fitintel.views.repairs import again_dict, again_text, repairs_dict, repairs_text
    from fitintel.workbench.briefs import whom

    if again and (off or on):
        raise UsageError("--again takes neither --off nor --on", next="turn repairs off or on first")
    if again:
        with workbench() as bench, progress() as tell:
            made = bench.recompute(workout, athlete_id=athlete, progress=tell)
            read_in = reader(bench)[0] or whom(bench, athlete).units
        if json:
            emit(again_dict(made))
        else:
            say(again_text(made, read_in))
        return
    if workout is None:
        raise UsageError("It is not said which workout", next="fitintel repairs w-..., or fitintel repairs --again")
    with workbench() as bench:
        found = bench.repairs(workout, athlete_id=athlete, off=off or (), on=on or ())
        units = reader(bench)[0] or whom(bench, athlete).units
    if json:
        emit(repairs_dict(found.recorded, found.repairs, found.widening))
    else:
        say(repairs_text(found.recorded, found.repairs, found.says, found.widening, units))
