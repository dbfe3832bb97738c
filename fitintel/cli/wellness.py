"""fitintel wellness: sleep, heart rate variability, resting heart rate, weight and how one feels."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, reader, say, table, workbench

app = typer.Typer(help="Type in or list what is measured and felt outside of workouts.", no_args_is_help=True)


@app.command()
def add(
    date: Annotated[str, typer.Argument(help="The day it is about: 2025-10-07.")],
    sleep: Annotated[str | None, typer.Option(help="Time asleep: 7.5, 7h30 or 7:30.")] = None,
    asleep: Annotated[str | None, typer.Option(help="When you fell asleep: 23:10.")] = None,
    awake: Annotated[str | None, typer.Option(help="When you woke up: 06:45.")] = None,
    rmssd: Annotated[str | None, typer.Option(help="Heart rate variability as RMSSD, ms.")] = None,
    sdnn: Annotated[str | None, typer.Option(help="Heart rate variability as SDNN, ms; kept apart.")] = None,
    resting_hr: Annotated[str | None, typer.Option("--resting-hr", help="Resting heart rate, bpm.")] = None,
    weight: Annotated[str | None, typer.Option(help="70.5kg or 155lb.")] = None,
    steps: Annotated[str | None, typer.Option(help="Steps of the day.")] = None,
    sleep_quality: Annotated[str | None, typer.Option(help="Hooper: 1 (very good) to 7 (very bad).")] = None,
    stress: Annotated[str | None, typer.Option(help="Hooper: 1 (very low) to 7 (very high).")] = None,
    fatigue: Annotated[str | None, typer.Option(help="Hooper: 1 (very low) to 7 (very high).")] = None,
    soreness: Annotated[str | None, typer.Option(help="Hooper: 1 (very low) to 7 (very high).")] = None,
    mood: Annotated[str | None, typer.Option(help="1 (very good) to 7 (very bad).")] = None,
    rpe: Annotated[str | None, typer.Option(help="How hard the day was, 0 to 10.")] = None,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """Add wellness typed by hand; it goes through the same checks as a file. A typed value replaces a typed one.

    Example: fitintel wellness add 2025-10-07 --sleep 7h30 --rmssd 61 --resting-hr 48 --fatigue 3
    """
    from fitintel.cli.import_ import print_reports

    with workbench() as bench:
        report = bench.add_wellness(
            athlete_id=athlete, date=date, sleep_duration=sleep, sleep_start=asleep, sleep_end=awake,
            hrv_rmssd=rmssd, hrv_sdnn=sdnn, resting_hr=resting_hr, weight=weight, steps=steps,
            sleep_quality=sleep_quality, stress=stress, fatigue=fatigue, soreness=soreness, mood=mood, rpe=rpe,
        )  # fmt: skip
        read_in, _language = reader(bench)
    print_reports([report], read_in, as_json=json)
    if report.record.quarantined:
        raise typer.Exit(3)


@app.command("list")
def list_(
    metric: Annotated[str | None, typer.Option(help="Only this metric, for example hrv_rmssd.")] = None,
    last: Annotated[int, typer.Option(help="At most so many of the latest values; 0 for all.")] = 40,
    athlete: Athlete = None,
    json: Json = False,
) -> None:
    """List what is stored; each value with its source, for sources are never mixed."""
    from fitintel.views.stated import wellness_dict, wellness_rows

    with workbench() as bench:
        found = bench.wellness(athlete, metrics=[metric] if metric else None)
    shown = found[-last:] if last > 0 else found
    if json:
        emit([wellness_dict(each) for each in shown])
    elif not shown:
        say("No wellness is stored. Next: fitintel wellness add, or fitintel import FILE")
    else:
        table(("day", "metric", "value", "source"), wellness_rows(shown), right=(2,))
        if len(shown) < len(found):
            say(f"\n{len(found) - len(shown):,} earlier values are not shown; see them with --last 0")
