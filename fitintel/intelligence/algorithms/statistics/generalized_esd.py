"""How many outliers a sample has, up to a given number."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import within


@algorithm(
    id="generalized_esd",
    version="1.0.0",
    title="Generalized ESD outliers",
    inputs={"x": "any"},
    output=("outliers", "count and places"),
    source="Rosner 1983, Technometrics 25:165-172; NIST/SEMATECH e-Handbook 1.3.5.17.3",
    validity=Validity.USEFUL,
    limits=(
        "all but the outliers must come from one normal distribution: take out trend, season and weekday first",
        "for past data only: each value is judged by the whole sample, the future included",
        "exact enough from 25 values on",
    ),
)
def generalized_esd(x: Any, *, max_outliers: int = 10, alpha: float = 0.05) -> dict[str, Any]:
    """Generalized extreme Studentized deviate test.

    The value farthest from the mean is taken out, in turn: `R_i = max|x - mean| / s` of what is left, against `lambda_i
    = (n-i) t / sqrt((n-i-1 + t^2) (n-i+1))`, t the quantile `1 - alpha / (2 (n-i+1))` of Student's t with n-i-1 degrees
    of freedom. The number of outliers is the largest i with `R_i > lambda_i`, so that they cannot mask each other. `x`
    (n,), missing ones left out. Raises DataError for more than n - 2 outliers or `alpha` outside 0 to 1.

    Parameters: `max_outliers` [count] looked for at most; `alpha` [1] level.
    Returns `n_outliers`, `outliers` (their places, farthest first), `R` and `lambda` (max_outliers,); R is NaN once all
    values left are equal. Rosner 1983, Technometrics 25:165.

    >>> generalized_esd([1, 2, 3, 2, 1, 3, 2, 40, 2, 1], max_outliers=2)["outliers"]  # places
    array([7])
    """
    from scipy.special import stdtrit

    within(0, 1, alpha=alpha)
    series = row(x, "x")
    places = np.flatnonzero(np.isfinite(series))
    n = len(places)
    if not 0 <= max_outliers <= n - 2:
        raise DataError(f"{max_outliers} outliers among {n} values", why="at least two values must be left over")
    ratios, taken = np.full(max_outliers, np.nan), []
    for turn in range(max_outliers):
        left = series[places]
        away, spread = np.abs(left - left.mean()), left.std(ddof=1)
        if np.ptp(left) == 0:
            break
        ratios[turn] = away.max() / spread
        taken.append(places[away.argmax()])
        places = np.delete(places, away.argmax())
    i = np.arange(1, max_outliers + 1)
    t = stdtrit(n - i - 1.0, 1 - alpha / (2 * (n - i + 1)))
    bound = (n - i) * t / np.sqrt((n - i - 1 + t**2) * (n - i + 1))
    above = np.flatnonzero(ratios > bound)
    count = int(above[-1]) + 1 if len(above) else 0
    return {"n_outliers": count, "outliers": np.array(taken[:count], dtype=np.int64), "R": ratios, "lambda": bound}
