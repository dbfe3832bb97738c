"""How much athletes differ, and how much one athlete varies."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.random_intercept import fit
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="random_intercept_reml",
    version="1.0.0",
    inputs={"groups": "any, one series per athlete"},
    output=("mean, variances and deviations of the athletes", "unit of the values"),
    source="Restricted maximum likelihood: Patterson & Thompson 1971, Biometrika 58:545-554; BLUP: Robinson "
    "1991, Stat Sci 6:15",
    validity=Validity.USEFUL,
    limits=(
        "few athletes tell little of the variance between them; it is often estimated as 0",
        "values of one athlete are taken as independent: trends inside make both variances wrong",
    ),
)
def random_intercept_reml(groups: Any) -> dict[str, Any]:
    """Random intercepts.

    `y_ij = mean + b_i + e_ij`, b and e normal, variances by restricted maximum likelihood, that between never below 0;
    for groups of one size they are those of the analysis of variance. `groups`: one series for each athlete, missing
    values and empty series left out.

    Returns `mean`, `var_between`, `var_within` and `blups` (athletes,), the deviation expected of each, NaN for one
    without a value; all None without two athletes, or without two values of one. Patterson & Thompson 1971.

    >>> found = random_intercept_reml([[10, 12], [20, 22], [30, 32]])  # any unit
    >>> round(found["var_between"], 6), round(found["var_within"], 6), found["blups"].round(2)
    (99.0, 2.0, array([-9.9,  0. ,  9.9]))
    """
    known = [series[np.isfinite(series)] for series in (row(group, "a group") for group in groups)]
    there = np.array([len(series) > 0 for series in known], dtype=bool)
    found = fit([series for series in known if len(series)])
    if found is None:
        return {"mean": None, "var_between": None, "var_within": None, "blups": None}
    deviations = np.full(len(known), np.nan)
    deviations[there] = found["blups"]
    return {**found, "blups": deviations}
