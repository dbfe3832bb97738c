"""How well an impulse-response model with given parameters reproduces tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.impulse_response import ordered_tests, trace
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="banister_fit_quality",
    version="1.0.0",
    inputs={"daily_load": "load per day", "test_day": "day, 1 is the first", "performance": "unit of the test",
            "p0": "unit of the test", "k1": "1", "k2": "1"},
    output=("sum of squared errors and correlation", "unit of the test squared; 1"),
    source="Clarke & Skiba 2013, Adv Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "says how well the past is reproduced, not how well the future is predicted",
        "a high correlation is easily had: both performance and modelled fitness rise over a season",
    ),
)  # fmt: skip
def banister_fit_quality(
    daily_load: Any, test_day: Any, performance: Any, p0: float, k1: float, k2: float, *, tau1: float = 42.0,
    tau2: float = 7.0,
) -> dict[str, Any]:  # fmt: skip
    """Fit of an impulse-response model.

    `sse = sum of (performance - p)^2` and Pearson's r over the tests; `daily_load` (n,), `test_day` (m,) counted from
    1, `performance` (m,), NaN left out. Raises DataError for a test outside the days of the load.

    Parameters: `tau1`, `tau2` [d] time constants of the lasting and the passing effect.
    Returns `sse`, `pearson_r` (None with fewer than two different tests).

    >>> banister_fit_quality([100.0] * 12, [2, 10], [320, 20], 500, 1, 2, tau1=27, tau2=10)
    {'sse': 28.881, 'pearson_r': 1.0}
    """
    load, day, found = ordered_tests(daily_load, test_day, performance)
    model = p0 + k1 * trace(load, tau1)[day] - k2 * trace(load, tau2)[day]
    if not len(found):
        return {"sse": None, "pearson_r": None}
    one, two = found - found.mean(), model - model.mean()
    r = divided(one @ two, np.sqrt((one @ one) * (two @ two)))
    return {"sse": answer(((found - model) ** 2).sum()), "pearson_r": answer(r)}
