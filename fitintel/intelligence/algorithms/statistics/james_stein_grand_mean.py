"""Success rates pulled towards their common mean."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import mean, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive, within


@algorithm(
    id="james_stein_grand_mean",
    version="1.0.0",
    inputs={"y": "1", "trials": "count"},
    output=("shrunk rates", "1"),
    source="Efron & Morris 1975, J Am Stat Assoc 70:311-319; 1977, Sci Am 236:119-127 (c = 0.212); positive part",
    validity=Validity.USEFUL,
    limits=(
        "better on the whole, not for each one: a real outlier is pulled in too far",
        "one number of trials for all and the variance of the grand mean: very high or low rates are not served well",
        "below four rates it is not defined",
    ),
)
def james_stein_grand_mean(y: Any, trials: float) -> dict[str, Any]:
    """James-Stein rates.

    `mean + c (y - mean)` with `c = 1 - (k - 3) s^2 / sum (y - mean)^2`, not below 0, and `s^2 = mean (1 - mean) /
    trials`. `y` (k,) shares of successes, missing ones left out; `trials` behind each of them. Raises DataError for
    shares outside 0 to 1 or trials not above 0.

    Returns `grand_mean`, `c` and `estimates` (k,); c is None below four rates. Efron & Morris 1975.

    >>> found = james_stein_grand_mean([0.4, 0.3, 0.25, 0.2, 0.1], 45)  # shares
    >>> found["c"], found["estimates"][0]
    (0.833, np.float64(0.375))
    """
    within(0, 1, y=y)
    positive(trials=trials)
    rates = row(y, "y")
    k, centre = int(np.isfinite(rates).sum()), float(mean(rates))
    if k < 4:
        return {"grand_mean": answer(centre), "c": None, "estimates": np.full(len(rates), np.nan)}
    squares = float(np.nansum((rates - centre) ** 2))
    chance = (k - 3) * centre * (1 - centre) / trials
    c = max(0.0, 1 - chance / squares) if squares > 0 else 0.0
    return {"grand_mean": centre, "c": c, "estimates": centre + c * (rates - centre)}
