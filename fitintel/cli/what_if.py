"""fitintel what-if: plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, workbench

if TYPE_CHECKING:
    from fitintel.core.plans import WeeklyPlan


def what_if(
    sessions: Annotated[float, typer.Option(help="Sessions a week.")] = 4.0,
    ramp: Annotated[float, typer.Option(help="Percent by which each week's load grows.")] = 0.0,
    taper: Annotated[int, typer.Option(help="Days at the end at half the load.")] = 0,
    miss: Annotated[int | None, typer.Option(help="The week, from 1, without training.")] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(help="Another plan: sessions=5,ramp=3,taper=7,miss=2; what is left out is as in the first."),
    ] = None,
    weeks: Annotated[int, typer.Option(help="Weeks to look ahead.")] = 8,
    day: Annotated[str | None, typer.Option(help="The day to look ahead from, as in fitintel brief.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Compare plans. Example: fitintel what-if --sessions 4 --against sessions=5 --against miss=3

    Each plan ends in a smoothed load with an interval from your own past; performance is said only where it can be.
    """
    from fitintel.core.plans import WeeklyPlan
    from fitintel.views.what_if import outlook_dict, outlook_lines

    first = WeeklyPlan("A", sessions, ramp / 100, taper, miss)
    plans = [first, *(_other(first, name, text) for name, text in zip("BCDEFGH", against or (), strict=False))]
    with workbench() as bench:
        found = bench.what_if(plans, athlete, day, weeks=weeks)
    if json:
        emit(outlook_dict(found))
    else:
        for line in outlook_lines(found):
            say(line)


def _other(first: WeeklyPlan, name: str, text: str) -> WeeklyPlan:
    from dataclasses import replace

    from fitintel.core.errors import UnknownName, UsageError

    given: dict[str, float] = {}
    for part in text.split(","):
        key, sign, value = part.strip().partition("=")
        if key not in ("sessions", "ramp", "taper", "miss"):
            raise UnknownName("part of a plan", key, ("sessions", "ramp", "taper", "miss"))
        try:
            given[key] = float(value) / (100 if key == "ramp" else 1)
        except ValueError:
            sign = ""
        if not sign:
            raise UsageError(f"{part!r} is no part of a plan", next="write sessions=5")
    whole = {key: int(value) for key, value in given.items() if key in ("taper", "miss")}
    return replace(first, name=name, **{**given, **whole})  # type: ignore[arg-type]
