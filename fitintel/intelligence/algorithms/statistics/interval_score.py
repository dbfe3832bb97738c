"""Width of an interval, and a fine for missing the value."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive, within


@algorithm(
    id="interval_score",
    version="1.0.0",
    inputs={"y": "any", "lower": "unit of y", "upper": "unit of y"},
    output=("score", "unit of y"),
    source="Gneiting & Raftery 2007, J Am Stat Assoc 102:359-378, eq. 43",
    validity=Validity.HIGH,
    limits=(
        "in the unit of the value: compare within one quantity",
        "one large miss outweighs many narrow intervals",
    ),
)
def interval_score(y: Any, lower: Any, upper: Any, *, alpha: float = 0.2) -> Any:
    """Interval score.

    `(upper - lower) + 2 / alpha * (how far y lies outside)`: smaller is better. Numbers or arrays, one score each.
    Raises DataError where a lower bound lies above the upper one, or for `alpha` outside 0 to 1 or 0.

    Parameters: `alpha` [1] share of values that may lie outside, 0.2 for an 80 % interval.
    Returns None (NaN in an array) where one is missing. Gneiting & Raftery 2007, J Am Stat Assoc 102:359.

    >>> interval_score(12.0, 4.0, 10.0, alpha=0.2)  # unit of y
    26.0
    """
    within(0, 1, alpha=alpha)
    positive(alpha=alpha)
    value, low, high = np.broadcast_arrays(numbers(y, "y"), numbers(lower, "lower"), numbers(upper, "upper"))
    if (low > high).any():
        raise DataError("a lower bound lies above its upper bound", why="intervals are given as lower, then upper")
    outside = np.maximum(low - value, 0) + np.maximum(value - high, 0)
    return answer(high - low + 2 / alpha * outside)
