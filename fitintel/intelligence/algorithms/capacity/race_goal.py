"""How long a race that is aimed at will take, and how likely its target time is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.conformal import wilson_interval
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.student import cdf, quantile
from fitintel.intelligence.values import positive


@algorithm(
    id="race_goal",
    version="1.0.0",
    inputs={"prediction": "race_prediction of every race and, last, of the goal", "duration": "s"},
    output=("time of the race and probability of the target", "s; 1"),
    source="Predictive distribution of a normal of known mean whose variance has a scaled inverse chi-squared prior: "
    "Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., 2.6; race_prediction for the mean; from race to race runners "
    "vary by 1 to 4 %: Hopkins & Hewson 2001, Med Sci Sports Exerc 33:1588",
    validity=Validity.ROUGH,
    limits=(
        "it supposes that the athlete is on the day as at the races before: no training, taper or illness is known to "
        "it, nor course and weather",
        "races count as maximal efforts; one run for company makes the next target look harder",
        "with few own races the width is that of the methods' spread, a choice",
    ),
    title="Chance of a target time",
)
def race_goal(
    prediction: Mapping[str, Any], duration: Any, *, target: float | None = None, nominal: float = 0.8, prior: int = 4,
    variation: float = 0.02,
) -> dict[str, Any]:  # fmt: skip
    """Chance of a target time.

    `prediction` and `duration` [s] of the athlete's races, oldest first, and last of the race aimed at (NaN): each race
    predicted from those before it. The errors of log time of the athlete's own races, with mean 0, make the variance,
    together with what is to be expected of anybody, which counts as `prior` further races: the spread of the methods
    and the usual `variation` of one race, of both the race carried over and the one to come. Student's t with `prior` +
    errors degrees of freedom. The same was asked of every earlier race with the errors before it.

    Parameters: `target` [s]; `nominal` [1] level of the interval; `prior` [1]; `variation` [1] SD of log time.
    Returns `duration`, `low`, `high` [s] and `p` (None without a target), all None where nothing is predicted; `errors`
    how many own errors; `tests` of the interval and `inside` of it, `achieved` with 95 % bounds `achieved_low`,
    `achieved_high` (None without tests); `nominal`; `verdict`: predicted or insufficient.

    >>> said = {"duration": np.array([np.nan, 2500.0, 2480.0, 2450.0]), "sd": np.full(4, 0.015)}
    >>> found = race_goal(said, [2520.0, 2510.0, 2475.0, np.nan], target=2450)
    >>> found["p"], round(found["low"]), round(found["high"]), found["errors"], found["tests"]
    (0.5, 2359, 2544, 2, 2)
    """
    if target is not None:
        positive(target=target)
    expected, spread = (np.atleast_1d(np.asarray(prediction[key], dtype=np.float64)) for key in ("duration", "sd"))
    run = np.atleast_1d(np.asarray(duration, dtype=np.float64))
    spread = np.sqrt(spread**2 + 2 * variation**2)
    known = np.isfinite(expected[:-1]) & np.isfinite(run[:-1])
    errors, widths = np.log(run[:-1][known] / expected[:-1][known]), spread[:-1][known]
    inside = 0
    for place, error in enumerate(errors.tolist()):
        scale, freedom = _scale(errors[:place], float(widths[place]), prior)
        inside += abs(error) <= scale * quantile(0.5 + nominal / 2, freedom)
    tests = len(errors)
    low, high = wilson_interval(float(inside), tests) if tests else (None, None)
    found: dict[str, Any] = {
        "duration": None, "low": None, "high": None, "p": None, "target": target, "errors": tests, "tests": tests,
        "inside": inside, "achieved": inside / tests if tests else None, "achieved_low": low, "achieved_high": high,
        "nominal": nominal, "verdict": "insufficient",
    }  # fmt: skip
    middle = float(expected[-1])
    if not math.isfinite(middle):
        return found
    scale, freedom = _scale(errors, float(spread[-1]), prior)
    reach = math.exp(scale * quantile(0.5 + nominal / 2, freedom))
    found |= {"duration": middle, "low": middle / reach, "high": middle * reach, "verdict": "predicted"}
    if target is not None:
        found["p"] = cdf(math.log(target / middle) / scale, freedom)
    return found


def _scale(errors: NDArray[np.float64], spread: float, prior: int) -> tuple[float, int]:
    """(SD of log time, degrees of freedom) from own errors and the prediction's spread."""
    freedom = prior + len(errors)
    return math.sqrt((prior * spread**2 + float(np.sum(errors**2))) / freedom), freedom
