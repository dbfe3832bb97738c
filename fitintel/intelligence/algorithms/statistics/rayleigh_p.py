"""Whether directions or times of day gather anywhere."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.circular import rayleigh, resultant
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="rayleigh_p",
    version="1.0.0",
    inputs={"values": "unit of the period"},
    output=("probability", "1"),
    source="Rayleigh test; approximation of Wilkie 1983, Appl Stat 32:311-312, as in astropy.stats",
    validity=Validity.USEFUL,
    limits=(
        "finds one peak only: two opposite habits look like none",
        "many days make a trifling habit significant: read the length",
    ),
)
def rayleigh_p(values: Any, *, period: float = 360.0) -> Any:
    """Rayleigh test.

    With `z = n R^2`, R the length of the mean vector: about `exp(-z)`, with a correction below 50 values. `values`
    (..., n), such as degrees, or clock hours with a period of 24; missing ones are left out. Raises DataError for a
    period not above 0.

    Parameters: `period` [unit of the values] of the circle.
    Returns the probability of an R as long if all directions are equally likely; None (NaN for a row) without a value.

    >>> rayleigh_p([130, 90, 0, 145])  # probability; degrees in
    0.256349
    """
    n, length, _ = resultant(values, period)
    return answer(rayleigh(n, length))
