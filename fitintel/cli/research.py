"""fitintel research: workspaces without names for data scientists, and what may leave them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, workbench

app = typer.Typer(no_args_is_help=True, help="Research without names: of those who consent to it.")


@app.command()
def build(
    project: Annotated[str, typer.Option(help="Name of the study: another study gives other pseudonyms.")],
    out: Annotated[Path, typer.Option(help="New folder for the workspace; FITINTEL_HOME of who works in it.")],
    athlete: Annotated[list[str] | None, typer.Option(help="Only this athlete; may be repeated.")] = None,
    location: Annotated[
        bool, typer.Option("--location", help="With positions, cut far from where tracks begin and end.")
    ] = False,
    json: Json = False,
) -> None:
    """Build a workspace of pseudonyms: shifted dates, rounded times, banded ages, no text, no files, no positions."""
    with workbench() as bench, progress() as tell:
        made = bench.build_research(project, out, athlete or (), location=location, progress=tell)
    if json:
        emit({**asdict(made), "home": str(made.home)})
    else:
        say(f"{made.athletes} athletes with {made.workouts:,} workouts in {made.home}; "
            f"{made.left_out} left out, for they do not consent to research.")  # fmt: skip


@app.command()
def release(
    out: Annotated[Path, typer.Option(help="New folder for the set.")],
    with_: Annotated[
        str, typer.Option("--with", help="What is said of each athlete: sex, age_band, sport; by commas.")
    ] = "sex,age_band",
    years: Annotated[int, typer.Option(help="Width of the age bands.", min=5, max=60)] = 20,
    json: Json = False,
) -> None:
    """Write a set that may leave this research workspace, if its gate lets it.

    At least 5 athletes alike in all that is said of them, 2 different health flags among them, and an attacker who
    knows three workouts of each finds at most 5 % of them. Weeks are given in the finest bands for which that holds.
    """
    with workbench() as bench:
        made = bench.release_research(out, [name.strip() for name in with_.split(",") if name.strip()], years=years)
    if json:
        emit({**asdict(made), "folder": str(made.folder)})
    else:
        say(f"{made.athletes} athletes, {made.weeks} weeks in {made.folder}: k {made.k}, l {made.l}; "
            f"an attacker with three workouts finds {made.attacked.share:.1%}.")  # fmt: skip
