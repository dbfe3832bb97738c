"""fitintel alerts: which stand, and what is answered."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench

app = typer.Typer(
    no_args_is_help=True,
    help="List the alerts of the newest brief, and acknowledge, snooze, dismiss or reopen them by their key.",
)
Key = Annotated[str, typer.Argument(help="Key of the alert, as fitintel alerts list shows it.")]
Why = Annotated[str, typer.Option(help="The reason; kept with the answer.")]


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Earlier, dismissed and snoozed ones too.")] = False,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List the alerts that stand in the newest brief."""
    from fitintel.core.units import UnitSystem
    from fitintel.views.answers import alert_dict, alert_rows

    with workbench() as bench:
        found = bench.alerts(athlete, open_only=not every)
        units, _language = reader(bench)
        units = units or (bench.athlete(found[0].told.athlete_id).units if found else UnitSystem.METRIC)
    if json:
        emit([alert_dict(one.told, one.state, one.answer, units) for one in found])
    elif not found:
        say("No alert stands. Alerts are made with the brief: fitintel brief")
    else:
        table(*alert_rows(((one.told, one.state) for one in found), units))


@app.command()
def history(athlete: Athlete = None, json: Json = False) -> None:
    """List every answer that was ever given, oldest first."""
    from fitintel.views.answers import answer_dict, answer_text

    with workbench() as bench:
        given = bench.answers(athlete)
    if json:
        emit([answer_dict(one) for one in given])
    elif not given:
        say("Nothing was answered yet.")
    else:
        for one in given:
            say(f"{one.at.date().isoformat()}  {one.by}  {answer_text(one)}")


@app.command()
def acknowledge(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Say that you have seen it: it stands quietly from now on."""
    _answer(key, "acknowledge", why, None, athlete, json)


@app.command()
def snooze(
    key: Key,
    until: Annotated[str, typer.Option(help="First day on which it may be told again. Default: in a week.")] = "",
    why: Why = "",
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Do not tell it before a day."""
    _answer(key, "snooze", why, until or None, athlete, json)


@app.command()
def dismiss(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Do not tell it again. The more of a kind are dismissed, the surer it has to be."""
    _answer(key, "dismiss", why, None, athlete, json)


@app.command()
def reopen(key: Key, why: Why = "", athlete: Athlete = None, json: Json = False) -> None:
    """Take an answer back; what was answered stays readable."""
    _answer(key, "reopen", why, None, athlete, json)


def _answer(key: str, action: str, why: str, until: str | None, athlete: str | None, json: bool) -> None:
    from fitintel.views.answers import answer_dict, answer_text

    with workbench() as bench:
        given = bench.answer(key, action, why, until, athlete_id=athlete)
    if json:
        emit(answer_dict(given))
    else:
        say(f"Kept: {answer_text(given)}")
