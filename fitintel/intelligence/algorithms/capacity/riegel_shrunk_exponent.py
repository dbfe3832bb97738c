"""A personal exponent of Riegel, drawn towards that of everybody by as much as the races leave open."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.regression import line
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="riegel_shrunk_exponent",
    version="1.0.0",
    inputs={"duration": "s", "distance": "m"},
    output=("exponent and the number of races", "1"),
    source="Riegel 1981, American Scientist 69:285-290; shrinkage with weight n / (n + 3), a choice of this library",
    validity=Validity.USEFUL,
    limits=(
        "races or clearly maximal efforts only, from the same season",
        "the weight is a choice, not an estimate from runners",
        "below 2 different distances it is the exponent of everybody",
    ),
)
def riegel_shrunk_exponent(
    duration: Any, distance: Any, *, population: float = 1.06, strength: float = 3.0
) -> dict[str, Any]:
    """Personal exponent of Riegel's law, shrunk to the common one.

    The least-squares slope k of log time on log distance over the n races, then `population + n / (n + strength) (k -
    population)`. `duration` [s] and `distance` [m] of the races, (..., n), NaN where missing.
    Raises DataError unless all are above zero.

    Parameters: `population` [1] the exponent of everybody; `strength` [races] how many races it is worth.
    Returns `exponent` [1], `own` [1] the unshrunk one (undefined below 2 distances), `n`.

    >>> found = riegel_shrunk_exponent([1200, 2520], [5000, 10_000])  # s, m -> 1
    >>> found["own"], found["exponent"]
    (1.0704, 1.0642)
    """
    positive(duration=duration, distance=distance, population=population, strength=strength)
    found = line(np.log(np.asarray(distance, dtype=np.float64)), np.log(np.asarray(duration, dtype=np.float64)))
    known = np.isfinite(found.slope)
    weight = np.where(known, found.n / (found.n + strength), 0.0)
    return {
        "exponent": answer(population + weight * (np.where(known, found.slope, population) - population)),
        "own": answer(found.slope),
        "n": answer(found.n),
    }
