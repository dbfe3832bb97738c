"""fitintel evaluate: how right the algorithms are, measured on data they have not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fitintel.cli.challenge import COMMAND, OrAlgorithm, challenge
from fitintel.cli.console import Athlete, Json, emit, progress, say, table, workbench

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
    from fitintel.views.scores import forecast_rows, forecast_summary

    with workbench() as bench, progress() as tell:
        score = bench.evaluate_forecast(athlete_id=athlete, subject=subject, progress=tell)
    if json:
        emit(score.as_dict())
        return
    header, rows = forecast_rows(score.as_dict())
    table(header, rows, right=range(1, len(header)))
    say()
    say(forecast_summary(score.as_dict()))


@app.command()
def detectors(
    seed: Annotated[
        int | None, typer.Option(help="Seed of the squad. Default: the seed of the reported figures.")
    ] = None,
    replay_days: Annotated[int, typer.Option(help="Days of briefs replayed per athlete for false alerts.")] = 365,
    json: Json = False,
) -> None:
    """How many planted changes and faults are found in a simulated squad, and how many alerts are false."""
    from fitintel.views.scores import detector_rows

    with workbench() as bench, progress() as tell:
        score = bench.evaluate_detectors(seed=seed, replay_days=replay_days, progress=tell)
    if json:
        emit(score.as_dict())
        return
    header, rows = detector_rows(score.as_dict())
    table(header, rows, right=range(1, len(header)))


@app.command()
def alerts(
    athlete: Athlete = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the orders drawn.")] = None,
    replicates: Annotated[int, typer.Option(min=1, help="Shuffled histories per athlete.")] = 2,
    replay_days: Annotated[int, typer.Option(min=1, help="Days of briefs replayed on each.")] = 365,
    json: Json = False,
) -> None:
    """False alerts a month on each athlete's own weeks in another order; kept, and shown in their briefs."""
    from fitintel.views.scores import alert_rows, alert_summary

    with workbench() as bench, progress() as tell:
        score = bench.evaluate_alerts(athlete_id=athlete, seed=seed, replicates=replicates, replay_days=replay_days,
                                      progress=tell)  # fmt: skip
    if json:
        emit(score.as_dict())
        return
    header, rows = alert_rows(score.as_dict())
    table(header, rows, right=range(1, len(header) - 1))
    say()
    say(alert_summary(score.as_dict()))


@app.command()
def classification(
    athlete: Athlete = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the squad. Default: the seed of the reported figures.")
    ] = None,
    json: Json = False,
) -> None:
    """How right activity and kind of session are, before and after labels, on a simulated squad; with --athlete on the
    labels of that athlete."""  # fmt: skip
    from fitintel.views.classification import class_rows, class_summary

    with workbench() as bench, progress() as tell:
        score = bench.evaluate_classification(athlete_id=athlete, seed=seed, progress=tell)
    if json:
        emit(score.as_dict())
        return
    header, rows = class_rows(score.as_dict())
    table(header, rows, right=range(3, len(header)))
    say()
    say(class_summary(score.as_dict()))


@app.command("all")
def all_(
    data: Annotated[Path | None, typer.Option(help="The history in this file. Default: those stored here.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the squad. Default: the seed of the reported figures.")
    ] = None,
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
