"""How many cases a proportion needs to be known well enough."""

from __future__ import annotations

import math
from statistics import NormalDist

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import positive, within


@algorithm(
    id="min_n_for_halfwidth",
    version="1.0.0",
    inputs={"p": "1", "half_width": "1"},
    output=("cases", "count"),
    source="Normal approximation: n = z^2 p (1 - p) / h^2; Cochran 1977, Sampling Techniques",
    validity=Validity.HIGH,
    limits=(
        "counts independent cases: days of one athlete are worth less",
        "near 0 or 1 it asks for too few: use p = 0.5 or Wilson",
    ),
)
def min_n_for_halfwidth(p: float, half_width: float, *, confidence: float = 0.95) -> int:
    """Cases needed for a half-width.

    The least whole n with `z sqrt(p (1 - p) / n) <= half_width`. Raises DataError for shares outside 0 to 1, or a
    `half_width` that is not above 0.

    Parameters: `confidence` [1].
    Cochran 1977.

    >>> min_n_for_halfwidth(0.5, 0.1)  # cases
    97
    """
    within(0, 1, p=p, half_width=half_width, confidence=confidence)
    positive(half_width=half_width)
    if confidence >= 1:
        raise DataError("confidence is 1", why="no number of cases makes a proportion certain")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    # a whole number stays what it is
    return max(1, math.ceil(z * z * p * (1 - p) / half_width**2 * (1 - 1e-12)))
