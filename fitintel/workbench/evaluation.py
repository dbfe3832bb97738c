"""Evaluations on what is stored here and on simulated squads; the figures are made in evaluate_*.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import NotFound, UnknownName

if TYPE_CHECKING:
    from fitintel.core.workouts import Workouts
    from fitintel.workbench.door import AthleteDoor, Progress
    from fitintel.workbench.evaluate_classification import ClassificationScore
    from fitintel.workbench.evaluate_detectors import DetectorScore
    from fitintel.workbench.evaluate_forecast import ForecastScore


def forecast(
    bench: AthleteDoor, *, athlete_id: str | None = None, subject: str | None = None, progress: Progress | None = None
) -> ForecastScore:
    """Back-test the weekly forecast of one athlete, or of all that are stored here."""
    from fitintel.intelligence.brief import main_subject
    from fitintel.workbench.evaluate_forecast import evaluate_forecast
    from fitintel.workbench.weekly_series import SUBJECTS, weekly_series

    if subject is not None and subject not in SUBJECTS:
        raise UnknownName("subject of a forecast", subject, SUBJECTS)

    athletes = [bench.athlete(athlete_id)] if athlete_id else list(bench.athletes())
    if not athletes:
        raise NotFound("There is nobody to evaluate yet", next="fitintel import FILE, or fitintel demo")
    series = {}
    for done, athlete in enumerate(athletes):
        if progress:
            progress(done, len(athletes), f"reading {athlete.id}")
        workouts = bench.workouts(athlete.id)
        if not len(workouts):
            continue
        series[athlete.id] = weekly_series(workouts)[subject or main_subject(workouts, int(workouts["day"][-1]))]
    return evaluate_forecast(series)


def detectors(
    bench: AthleteDoor, *, seed: int | None = None, replay_days: int = 365, progress: Progress | None = None
) -> DetectorScore:
    """Measure the detectors on a squad made for this purpose; what is stored here is not touched."""
    from fitintel.intelligence.simulate import REPORT_SEED
    from fitintel.workbench.evaluate_detectors import evaluate_detectors

    return evaluate_detectors(seed=REPORT_SEED if seed is None else seed, replay_days=replay_days, progress=progress)


def classification(
    bench: AthleteDoor, *, athlete_id: str | None = None, seed: int | None = None, progress: Progress | None = None,
    **squad: Any,
) -> ClassificationScore:  # fmt: skip
    """Measure the classification on a squad made for this purpose, or on the labels that hold for one athlete."""
    from fitintel.intelligence.simulate import REPORT_SEED
    from fitintel.workbench.evaluate_classification import evaluate_classification, evaluate_labels

    if athlete_id is not None:
        from fitintel.workbench.labelled_history import labelled_history

        return evaluate_labels([labelled_history(bench, bench.athlete(athlete_id).id)])
    return evaluate_classification(seed=REPORT_SEED if seed is None else seed, progress=progress, **squad)


def everything(
    bench: AthleteDoor, *, data: Path | None = None, seed: int | None = None, quick: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Every figure that is aimed at, on a squad and on the histories of people: those stored here, or that of a file.

    The evaluation is kept, and waits to be logged by MLflow; plain values.
    """
    from fitintel.intelligence.simulate import REPORT_SEED
    from fitintel.workbench.evaluate_all import FULL, QUICK, evaluate_all
    from fitintel.workbench.kept_evaluations import keep, kept

    if data is not None:
        histories = {data.stem: _of_file(data)}
    else:
        people = [one for one in bench.athletes() if not one.simulated]
        histories = {one.id: bench.workouts(one.id) for one in people}
    made = evaluate_all({name: each for name, each in histories.items() if len(each)},
                        seed=REPORT_SEED if seed is None else seed, scale=QUICK if quick else FULL,
                        progress=progress)  # fmt: skip
    keep(bench.settings, made.as_dict())
    return kept(bench.settings, made.id)


def _of_file(path: Path) -> Workouts:
    """The good rows of a table of workouts; nothing is stored."""
    from fitintel.core.errors import UnreadableFile
    from fitintel.ingest import intake

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("The file cannot be read", where=str(path), why=error.strerror or str(error)) from error
    return intake.read(data, name=path.name, athlete_id="evaluated", import_id="").workouts


def compare(*, seed: int | None = None) -> list[dict[str, Any]]:
    """The demo squad's statistics beside the real history's."""
    from fitintel.intelligence.simulate import DEVELOPMENT_SEED, compare_with_reference, simulate_squad

    return compare_with_reference(simulate_squad(seed=DEVELOPMENT_SEED if seed is None else seed))
