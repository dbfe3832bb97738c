"""Figures of the weekly forecasts of several athletes: error against naive forecasts, and coverage of intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.workbench.evaluate_forecast import AthleteScore, ForecastScore, evaluate_forecast
from fitintel.workbench.figures import NONE, Figure, Target, middle, share

NOMINAL = (0.5, 0.8, 0.95)
TWO_YEARS = 104
"""weeks"""
OVERALL, EACH = 0.03, 0.06
"""How far achieved coverage may be from nominal: over all athletes, for one athlete."""
ERROR, LOSING, NEAR_ENOUGH = Target(most=0.9), Target(most=0.3), Target(least=0.9)
AIMED_AT = "load"
"""The subject whose error is aimed at; the errors of the others are told without an aim."""

Series = Mapping[str, Mapping[str, tuple[Any, Any]]]


def forecast_figures(of: str, histories: Series, *, seed: int) -> tuple[list[Figure], list[dict[str, Any]]]:
    """(figures, one row per athlete and subject) of back-tests: athlete -> subject -> (weeks, values).

    Errors are those of forecasts for 1 to 4 weeks ahead together, scaled (MASE), the model chosen anew at each origin.
    """
    figures: list[Figure] = []
    rows: list[dict[str, Any]] = []
    for subject in sorted({subject for series in histories.values() for subject in series}):
        series = {name: each[subject] for name, each in histories.items() if subject in each}
        scores = {nominal: evaluate_forecast(series, nominal=nominal) for nominal in NOMINAL}
        figures += _errors(of, subject, scores[NOMINAL[0]], seed)
        for nominal, score in scores.items():
            figures += _coverage(of, subject, nominal, score)
        rows += [_row(subject, [score.athletes[place] for score in scores.values()])
                 for place in range(len(series))]  # fmt: skip
    return figures, rows


def _errors(of: str, subject: str, score: ForecastScore, seed: int) -> list[Figure]:
    tested = [row for row in score.athletes if row.mase is not None]
    compared = [row for row in tested if row.mase_seasonal_naive]
    aimed = subject == AIMED_AT
    against = {
        "seasonal naive": [_ratio(row.mase, row.mase_seasonal_naive) for row in compared],
        "naive": [_ratio(row.mase, row.mase_naive) for row in tested if row.mase_naive],
    }
    area = _area(subject)
    found = [
        middle(of, area, f"MASE over that of {name}, median of athletes", values,
               ERROR if aimed and name == "seasonal naive" else NONE, seed=seed)
        for name, values in against.items()
    ]  # fmt: skip
    found.append(share(of, area, "athletes for whom it is no better than seasonal naive",
                       sum(bool(row.loses) for row in compared), len(compared), "athletes",
                       LOSING if aimed else NONE))  # fmt: skip
    found.append(share(of, area, "athletes for whom the naive forecast is shown, no model being better",
                       sum(row.verdict == "naive" for row in tested), len(tested), "athletes"))  # fmt: skip
    return found


def _coverage(of: str, subject: str, nominal: float, score: ForecastScore) -> list[Figure]:
    area = _area(subject)
    inside = sum(row.inside for row in score.athletes)
    long = [row for row in score.athletes if row.weeks >= TWO_YEARS and row.tests]
    near = sum(abs(row.inside / row.tests - nominal) <= EACH for row in long)
    around = Target(nominal - OVERALL, nominal + OVERALL)
    interval = f"{percent(nominal)} interval"
    return [
        share(of, area, f"{interval} held the outcome", inside, score.tests, "tests", around),
        share(of, area, f"athletes with two years whose {interval} is within 6 points", near, len(long), "athletes",
              NEAR_ENOUGH),
    ]  # fmt: skip


def _area(subject: str) -> str:
    return "forecast of CTL" if subject == "ctl" else f"forecast of weekly {subject}"


def percent(nominal: float) -> str:
    """A nominal coverage as it is written.

    >>> percent(0.95)
    '95 %'
    """
    return f"{100 * nominal:.0f} %"


def _row(subject: str, scores: list[AthleteScore]) -> dict[str, Any]:
    one = scores[0]
    achieved = {f"achieved_{round(100 * nominal)}": row.inside / row.tests if row.tests else None
                for nominal, row in zip(NOMINAL, scores, strict=True)}  # fmt: skip
    return {"athlete": one.athlete_id, "subject": subject, "weeks": one.weeks, "ships": one.verdict,
            "model": one.model, "mase": one.mase, "mase_naive": one.mase_naive,
            "mase_seasonal_naive": one.mase_seasonal_naive, **achieved}  # fmt: skip


def _ratio(value: float | None, of: float | None) -> float:
    return value / of if value is not None and of else float("nan")
