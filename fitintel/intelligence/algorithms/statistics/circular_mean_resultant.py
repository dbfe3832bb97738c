"""Mean and steadiness of angles or of times of day."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.circular import rayleigh, resultant
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer

ENOUGH = 5
"""values below which nothing is said of steadiness"""


@algorithm(
    id="circular_mean_resultant",
    version="1.0.0",
    inputs={"values": "unit of the period"},
    output=("mean, length of the mean vector and variance", "unit of the period; 1"),
    source="Fisher 1993, Statistical Analysis of Circular Data; correction for few values: Kutil 2012, "
    "Statistics 46:549",
    validity=Validity.HIGH,
    limits=(
        "two opposite habits (mornings and evenings) cancel: the length is near 0 and the mean means nothing",
        "below 5 values steadiness is not said",
        "for few values the plain length is too high: read `steadiness`",
    ),
)
def circular_mean_resultant(values: Any, *, period: float = 360.0) -> dict[str, Any]:
    """Circular mean.

    Each value is a unit vector; their mean vector has the direction `mean` and the `length` R, 1 where all are equal
    and 0 where they cancel. `values` (..., n), such as degrees, or clock hours with a period of 24; missing ones are
    left out. Raises DataError for a period not above 0.

    Parameters: `period` [unit of the values] of the circle.
    Returns `mean` in [0, period), None or NaN where R is 0; `resultant_length` R; `circular_variance` 1 - R;
    `steadiness` `sqrt(max(0, (n R^2 - 1) / (n - 1)))` from 5 values on; `rayleigh_p`, that of equally likely
    directions; `n`. Fisher 1993.

    >>> found = circular_mean_resultant([23, 1], period=24)  # clock hours
    >>> found["mean"], found["resultant_length"]
    (0.0, 0.965926)
    """
    n, length, mean = resultant(values, period)
    steady = np.sqrt(np.maximum(0.0, (n * length**2 - 1) / np.maximum(n - 1, 1)))
    return {
        "mean": answer(mean),
        "resultant_length": answer(length),
        "circular_variance": answer(1 - length),
        "steadiness": answer(np.where(n >= ENOUGH, steady, np.nan)),
        "rayleigh_p": answer(rayleigh(n, length)),
        "n": n if np.ndim(n) else int(n),
    }
