"""fitintel performance: how the algorithms fare in use."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table, workbench


def performance(
    algorithm_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Algorithm id; default: all, by their last night.")
    ] = None,
    json: Json = False,
) -> None:
    """Show how the algorithms fare night by night, and what lies outside the limits of registry/performance.toml.

    Forecast error and coverage once the truth is known, agreement with labels, precision of alerts, share of runs with
    too little data, time taken, drift of inputs. A night is counted when its day is over.
    """
    from fitintel.views.performance import HEADER, performance_rows, performance_text

    with workbench() as bench:
        points, outside = bench.performance(algorithm_id)
    if json:
        emit({name: {"outside": list(outside[name]), "nights": [{"day": one.day, "sent": one.sent, **one.figures}
                     for one in mine]} for name, mine in points.items()})  # fmt: skip
    elif algorithm_id is not None:
        say(performance_text(points.get(algorithm_id, ()), outside.get(algorithm_id, ())))
    elif points:
        table(HEADER, performance_rows(points, outside), right=range(3, len(HEADER)))
        for name, said in sorted(outside.items()):
            for one in said:
                say(f"{name}: {one}.")
        say("\nShow one with: fitintel performance ID")
    else:
        say("No night is over yet: make briefs, and look again tomorrow.")
