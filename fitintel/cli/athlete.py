"""fitintel athlete: sex and year of birth, said and taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, workbench

app = typer.Typer(
    no_args_is_help=True,
    help="State sex and year of birth, by which fairness is watched. No figure of a brief is made of them.",
)


@app.command("set")
def set_(
    sex: Annotated[str | None, typer.Option(help="female, male or other.")] = None,
    born: Annotated[int | None, typer.Option(help="Year of birth.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Keep sex, year of birth, or both; what is not named stays as it was. They are optional.

    Example: fitintel athlete set --sex female --born 1985
    """
    from fitintel.views.details import details_dict, details_text

    with workbench() as bench:
        kept = bench.say_details(athlete, sex=sex, born=born)
    if json:
        emit(details_dict(kept))
    else:
        say(f"Kept: {details_text(kept)} Take it back with: fitintel athlete forget --athlete {kept.athlete_id}")


@app.command()
def show(athlete: Athlete = None, json: Json = False) -> None:
    """Show what is kept of sex and year of birth."""
    from fitintel.views.details import details_dict, details_text

    with workbench() as bench:
        kept = bench.athlete_details(athlete)
    if json:
        emit(details_dict(kept) if kept else {})
    else:
        say(details_text(kept) if kept else "Nothing is kept. Next: fitintel athlete set --sex female --born 1985")


@app.command()
def forget(athlete: Athlete = None, json: Json = False) -> None:
    """Remove sex and year of birth for good."""
    with workbench() as bench:
        gone = bench.forget_details(athlete)
    if json:
        emit({"forgotten": gone})
    else:
        say("Sex and year of birth are forgotten." if gone else "Nothing was kept.")
