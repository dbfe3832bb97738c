"""Which part of a mixture a value belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.known import matched, numbers, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="gmm_responsibility",
    version="1.0.0",
    inputs={"x": "any", "weights": "1", "means": "unit of x", "sds": "unit of x"},
    output=("probability of each part", "1"),
    source="Bayes' rule for a mixture of normal distributions; McLachlan & Peel 2000, Finite Mixture Models",
    validity=Validity.HIGH,
    limits=(
        "sums to 1 however far the value is from every part: say outlier by density, not by responsibility",
        "below 0.7 for the largest one the answer is unsure",
    ),
)
def gmm_responsibility(x: Any, weights: Any, means: Any, sds: Any) -> Any:
    """Mixture responsibilities.

    `w_k N(x; m_k, s_k) / sum_j w_j N(x; m_j, s_j)`. `x` (...); `weights`, `means`, `sds` (k,). Raises DataError for a
    negative weight, weights that are all 0, or a spread not above 0.

    Returns (..., k); NaN where x is missing. McLachlan & Peel 2000.

    >>> gmm_responsibility(5.0, [0.7, 0.3], [5.5, 4.3], [0.4, 0.3])  # probabilities
    array([0.924183, 0.075817])
    """
    not_negative(weights=weights)
    positive(sds=sds)
    share, centre, spread = matched(weights=row(weights, "weights"), means=row(means, "means"), sds=row(sds, "sds"))
    if not share.sum() > 0:
        raise DataError("the weights add up to nothing", why="at least one part must be possible")
    value = numbers(x, "x")[..., None]
    with np.errstate(divide="ignore"):
        log = np.log(share) - np.log(spread) - ((value - centre) / spread) ** 2 / 2
    # the largest first set to 1: far from all parts every density would be 0
    density = np.exp(log - log.max(axis=-1, keepdims=True))
    return density / density.sum(axis=-1, keepdims=True)
