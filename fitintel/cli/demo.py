"""fitintel demo: the simulated squad."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, table, workbench


def demo(
    seed: Annotated[int | None, typer.Option(help="Another seed makes another squad.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Only print the squad beside the real history.")] = False,
    json: Json = False,
) -> None:
    """Create the simulated squad: 24 athletes, 3 years, with known truth. It is labelled simulated everywhere.

    Besides workouts it has laps, kinds of session, wellness, plans, goals, thresholds (right, stale and wrong ones) and
    excused days. Its weekly spread, weekday pattern, gaps and missing days are printed beside those of a real history.
    """
    with workbench() as bench, progress() as tell:
        added = 0 if compare else bench.ensure_demo(seed=seed, progress=tell)
        rows = bench.compare_demo(seed=seed)
    if json:
        emit({"added": added, "compared": rows})
        return
    if not compare:
        say(f"{added} simulated athletes added." if added else "The simulated squad is already here; nothing added.")
    say("\nThe squad beside one real history of 12 years:\n")
    table(("statistic", "real", "squad median", "squad range"),
          [(row["statistic"], row["real"], row["median"], row["range"]) for row in rows], right=(1, 2, 3))  # fmt: skip
