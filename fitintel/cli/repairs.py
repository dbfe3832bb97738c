"""fitintel repairs: what was repaired in a recorded workout, and turning a repair off or on."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, workbench


def repairs(
    workout: Annotated[str, typer.Argument(metavar="WORKOUT", help="Workout id (w-...).")],
    off: Annotated[list[str] | None, typer.Option(help="Turn this repair off; may be repeated.")] = None,
    on: Annotated[list[str] | None, typer.Option(help="Turn this repair on again; may be repeated.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Show what each repair changed in a recorded workout, and its quality; the recorded samples always stay."""
    from fitintel.views.repairs import repairs_dict, repairs_text
    from fitintel.workbench.briefs import whom

    with workbench() as bench:
        found = bench.repairs(workout, athlete_id=athlete, off=off or (), on=on or ())
        units = whom(bench, athlete).units
    if json:
        emit(repairs_dict(found.recorded, found.repairs, found.widening))
    else:
        say(repairs_text(found.recorded, found.repairs, found.says, found.widening, units))
