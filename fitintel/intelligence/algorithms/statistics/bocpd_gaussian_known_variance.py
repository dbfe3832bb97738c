"""How long ago the level changed, told value by value."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.run_lengths import run_lengths
from fitintel.intelligence.values import positive, within


@algorithm(
    id="bocpd_gaussian_known_variance",
    version="1.0.0",
    title="Online change points",
    inputs={"x": "any", "prior_mean": "unit of x", "prior_sd": "unit of x", "obs_sd": "unit of x"},
    output=("probability of each run length", "1"),
    source="Adams & MacKay 2007, arXiv 0710.3742, eq. 3, with a normal level and known spread",
    validity=Validity.USEFUL,
    limits=(
        "the hazard comes after the predictive term: a run of 0 always has the probability of the hazard",
        "spread and prior are given, not learnt: a wrong spread finds changes everywhere or nowhere",
        "a slow drift looks like a row of small changes",
    ),
)
def bocpd_gaussian_known_variance(
    x: Any, prior_mean: float, prior_sd: float, obs_sd: float, *, hazard: float = 1 / 60
) -> dict[str, Any]:
    """Bayesian online change points.

    After each value the run since the last change either grows (probability 1 - hazard) or ends. `x` (n,) in order of
    time, NaN where missing (the run goes on, nothing is learnt); levels are normal with `prior_mean` and `prior_sd`,
    values normal around them with `obs_sd`. Raises DataError for a spread not above 0 or a hazard outside 0 to 1.

    Parameters: `hazard` [1 per step] probability that a run ends; 1/60 is one change in 60 steps.
    Returns `probability` (n + 1,) of a run of 0 .. n values after the last one, `most_probable` (n,) run after each
    value. Adams & MacKay 2007, arXiv 0710.3742.

    >>> found = bocpd_gaussian_known_variance([0.0, 0.1, 9.0, 9.1], 0.0, 10.0, 0.2, hazard=0.1)  # any unit
    >>> found["most_probable"]
    array([1, 2, 1, 2])
    """
    positive(prior_sd=prior_sd, obs_sd=obs_sd)
    within(0, 1, hazard=hazard)
    probability, likely = run_lengths(row(x, "x"), float(prior_mean), float(prior_sd), float(obs_sd), float(hazard))
    return {"probability": probability, "most_probable": likely}
