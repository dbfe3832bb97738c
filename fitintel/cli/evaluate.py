"""fitintel evaluate: how right the algorithms are, measured on data they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fitintel.cli.challenge import COMMAND, OrAlgorithm, challenge
from fitintel.cli.console import Athlete, Json, emit, progress, say, table, workbench

if TYPE_CHECKING:
    from fitintel.workbench.door import Progress, Workbench

Seed = Annotated[int | None, typer.Option(help="Seed of the squad. Default: the seed of the reported figures.")]

app = typer.Typer(
    cls=OrAlgorithm, help="Measure how right the algorithms are, on data they have not seen.", no_args_is_help=True
)
app.command(COMMAND)(challenge)


@app.command()
def forecast(
    athlete: Athlete = None,
    subject: Annotated[
        str | None, typer.Option(help="distance, duration, load or ctl. Default: each athlete's own.")
    ] = None,
    json: Json = False,
) -> None:
    """Rolling-origin back-tests of the weekly forecast, for every athlete here or one."""
    _scored("forecast", json, lambda bench, tell: bench.evaluate_forecast(
        athlete_id=athlete, subject=subject, progress=tell))  # fmt: skip


@app.command()
def detectors(
    seed: Seed = None,
    replay_days: Annotated[int, typer.Option(help="Days of briefs replayed per athlete for false alerts.")] = 365,
    json: Json = False,
) -> None:
    """How many planted changes and faults are found in a simulated squad, and how many alerts are false."""
    _scored("detectors", json, lambda bench, tell: bench.evaluate_detectors(
        seed=seed, replay_days=replay_days, progress=tell))  # fmt: skip


@app.command()
def alerts(
    athlete: Athlete = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the orders drawn.")] = None,
    replicates: Annotated[int, typer.Option(min=1, help="Shuffled histories per athlete.")] = 2,
    replay_days: Annotated[int, typer.Option(min=1, help="Days of briefs replayed on each.")] = 365,
    json: Json = False,
) -> None:
    """False alerts a month on each athlete's own weeks in another order; kept, and shown in their briefs."""
    _scored("alerts", json, lambda bench, tell: bench.evaluate_alerts(
        athlete_id=athlete, seed=seed, replicates=replicates, replay_days=replay_days, progress=tell))  # fmt: skip


@app.command()
def classification(
    athlete: Athlete = None,
    seed: Seed = None,
    json: Json = False,
) -> None:
    """How right activity and kind of session are, before and after labels, on a simulated squad; with --athlete on the
    labels of that athlete."""  # fmt: skip
    _scored("classification", json, lambda bench, tell: bench.evaluate_classification(
        athlete_id=athlete, seed=seed, progress=tell))  # fmt: skip


@app.command("all")
def all_(
    data: Annotated[Path | None, typer.Option(help="The history in this file. Default: those stored here.")] = None,
    seed: Seed = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few athletes and days, to see that it runs.")] = False,
    json: Json = False,
) -> None:
    """Every figure that is aimed at, on a simulated squad and on the real histories; kept, and logged in MLflow."""
    with workbench() as bench, progress() as tell:
        found = bench.evaluate_all(data=data, seed=seed, quick=quick, progress=tell)
        tracked = bench.track()
    _show(found, json)
    if not json:
        say("Logged in MLflow, experiment fitintel.evaluations." if tracked else
            "MLflow could not be reached; the evaluation is kept and will be logged next time.")  # fmt: skip


@app.command()
def show(
    evaluation: Annotated[str | None, typer.Argument(help="Id of an evaluation. Default: the newest.")] = None,
    json: Json = False,
) -> None:
    """A kept evaluation, as `evaluate all` printed it."""
    with workbench() as bench:
        found = bench.evaluation(evaluation)
    _show(found, json)


def _scored(what: str, json: bool, measure: Callable[[Workbench, Progress | None], Any]) -> None:
    """Measure, and print the figures: as JSON, or as a table and what it comes to."""
    with workbench() as bench, progress() as tell:
        figures = measure(bench, tell).as_dict()
    if json:
        emit(figures)
        return
    from fitintel.views.scores import scored

    found = scored(what, figures)
    table(found.header, found.rows, right=found.numbers)
    if found.summary:
        say()
        say(found.summary)


def _show(found: dict[str, Any], json: bool) -> None:
    from fitintel.views.evaluation import evaluation_rows, evaluation_summary

    if json:
        emit(found)
        return
    for title, (header, rows) in evaluation_rows(found).items():
        say(title)
        table(header, rows, right=range(2, len(header) - 1))
        say()
    say(evaluation_summary(found))
