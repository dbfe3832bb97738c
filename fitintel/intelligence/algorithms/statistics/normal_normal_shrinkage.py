"""An athlete's mean, pulled towards the population as far as it is unsure."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="normal_normal_shrinkage",
    version="1.0.0",
    inputs={
        "athlete_mean": "any",
        "n": "count",
        "sd_within": "unit of the mean",
        "population_mean": "unit of the mean",
        "sd_between": "unit of the mean",
    },
    output=("shrunk mean", "unit of the mean"),
    source="Normal posterior mean; Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.5",
    validity=Validity.USEFUL,
    limits=(
        "right only for somebody of that population: a stranger is pulled to the wrong place",
        "the spreads must be known: estimate them from many athletes first",
    ),
)
def normal_normal_shrinkage(athlete_mean: Any, n: Any, sd_within: Any, population_mean: Any, sd_between: Any) -> Any:
    """Shrunk mean.

    `population + w (athlete - population)` with `w = between^2 / (between^2 + within^2 / n)`. Numbers or arrays;
    without a value of the athlete's own (n = 0) it is the population's mean. Raises DataError for negative n or
    spreads.

    Returns None (NaN in an array) where something needed is missing. Gelman et al. 2013.

    >>> normal_normal_shrinkage(62.0, 4, 6.0, 55.0, 5.0)  # ml/kg/min
    60.147059
    """
    not_negative(n=n, sd_within=sd_within, sd_between=sd_between)
    own, count, within_sd, centre, between_sd = (
        numbers(value) for value in (athlete_mean, n, sd_within, population_mean, sd_between)
    )
    between = between_sd**2 * count
    total = between + within_sd**2
    # without any spread in the population nobody deviates from it
    weight = np.where(between == 0, 0.0, divided(between, total))
    pulled = np.where(weight == 0, 0.0, weight * (own - centre))
    return answer(centre + pulled + 0.0 * total)
