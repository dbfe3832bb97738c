"""fitintel advice: what was recommended, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench

app = typer.Typer(no_args_is_help=True, help="List what was recommended and what became of it, and say so yourself.")
Key = Annotated[str, typer.Argument(help="Key of the recommendation, as fitintel advice list shows it.")]
Why = Annotated[str, typer.Option(help="The reason; kept with the answer.")]


@app.command("list")
def list_(athlete: Athlete = None, json: Json = False) -> None:
    """List recommendations and plans as briefs told them, newest first, with what became of each."""
    from fitintel.core.units import UnitSystem
    from fitintel.views.answers import advice_dict, advice_rows

    with workbench() as bench:
        found = bench.advised(athlete)
        units, _language = reader(bench)
        units = units or (bench.athlete(found[0].athlete_id).units if found else UnitSystem.METRIC)
    if json:
        emit([advice_dict(one, units) for one in found])
    elif not found:
        say("Nothing was recommended yet. Recommendations are made with the brief: fitintel brief")
    else:
        table(*advice_rows(found, units))


@app.command()
def done(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that you did it."""
    _answer(key, "done", why, athlete, json)


@app.command()
def partly(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that you did part of it, or its minimum version."""
    _answer(key, "partly", why, athlete, json)


@app.command("not-done")
def not_done(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that you did not do it."""
    _answer(key, "not done", why, athlete, json)


@app.command()
def helpful(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that it helped."""
    _answer(key, "helpful", why, athlete, json)


@app.command()
def unhelpful(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that it did not help."""
    _answer(key, "unhelpful", why, athlete, json)


def _answer(key: str, action: str, why: str, athlete: str | None, json: bool) -> None:
    from fitintel.views.answers import answer_dict, answer_text

    with workbench() as bench:
        given = bench.answer(key, action, why, athlete_id=athlete)
    if json:
        emit(answer_dict(given))
    else:
        say(f"Kept: {answer_text(given)}")
