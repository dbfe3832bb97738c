"""Error of a forecast that is given as a normal distribution."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="crps_gaussian",
    version="1.0.0",
    inputs={"y": "any", "mu": "unit of y", "sigma": "unit of y"},
    output=("score", "unit of y"),
    source="Gneiting & Raftery 2007, J Am Stat Assoc 102:359-378, eq. 21",
    validity=Validity.HIGH,
    limits=(
        "in the unit of the value: compare within one quantity",
        "says nothing where the real distribution is not normal",
    ),
)
def crps_gaussian(y: Any, mu: Any, sigma: Any) -> Any:
    """Gaussian CRPS.

    `sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi))` with `z = (y - mu) / sigma`; without spread the absolute error.
    Numbers or arrays. Raises DataError for a negative `sigma`.

    Returns None (NaN in an array) where one is missing. Gneiting & Raftery 2007, J Am Stat Assoc 102:359.

    >>> crps_gaussian(0.0, 0.0, 1.0)  # standard deviations
    0.233695
    """
    not_negative(sigma=sigma)
    truth, centre, spread = np.broadcast_arrays(numbers(y, "y"), numbers(mu, "mu"), numbers(sigma, "sigma"))
    off = truth - centre
    z = divided(off, spread)
    middle = np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))  # 2 Phi(z) - 1
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    score = spread * (z * middle + 2 * density - 1 / math.sqrt(math.pi))
    return answer(np.where(spread == 0, np.abs(off), score))
