"""How far the miss rate of adaptive conformal intervals can be from its target."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative, positive, within


@algorithm(
    id="adaptive_conformal_bound",
    version="1.0.0",
    inputs={"alpha_1": "1", "steps": "count"},
    output=("largest distance of the share of misses from its target", "1"),
    source="Gibbs & Candes 2021, NeurIPS 34, proposition 4.1: |mean err - alpha| <= (max(a_1, 1 - a_1) + gamma) "
    "/ (gamma T)",
    validity=Validity.HIGH,
    limits=(
        "a bound whatever the series does, so mostly far from what happens",
        "above 1 it says nothing",
    ),
)
def adaptive_conformal_bound(alpha_1: Any, steps: Any, *, gamma: float = 0.05) -> Any:
    """Bound of adaptive conformal inference.

    `(max(alpha_1, 1 - alpha_1) + gamma) / (gamma steps)`: after that many steps the share of misses lies no further
    from the target, for any series. Numbers or arrays. Raises DataError for `alpha_1` outside 0 to 1, or a negative
    number.

    Parameters: `gamma` [1] the step of the update.
    Returns None (NaN in an array) for no step. Gibbs & Candes 2021, NeurIPS 34.

    >>> adaptive_conformal_bound(0.1, 365, gamma=0.05)  # share of days
    0.052055
    """
    within(0, 1, alpha_1=alpha_1)
    positive(gamma=gamma)
    not_negative(steps=steps)
    first = numbers(alpha_1, "alpha_1")
    return answer(divided(np.maximum(first, 1 - first) + gamma, gamma * numbers(steps, "steps")))
