"""How often intervals held the value."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.known import matched, mean
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="interval_coverage",
    version="1.0.0",
    inputs={"y": "any", "lower": "unit of y", "upper": "unit of y"},
    output=("share of values inside", "1"),
    source="Share of values inside, bounds included; Gneiting & Raftery 2007, J Am Stat Assoc 102:359",
    validity=Validity.HIGH,
    limits=(
        "wide enough intervals hold everything: read the width or the interval score with it",
        "days of one athlete depend on each other: an interval for this share from independent days is too narrow",
    ),
)
def interval_coverage(y: Any, lower: Any, upper: Any) -> Any:
    """Interval coverage.

    Share of `lower <= y <= upper` along the last axis (..., n); where one of the three is missing nothing is counted.
    Raises DataError where a lower bound lies above the upper one.

    Returns None (NaN for a row) without a value.

    >>> interval_coverage([1, 2, 3, 9], [0, 0, 0, 0], [5, 5, 5, 5])  # share
    0.75
    """
    value, low, high = matched(y=y, lower=lower, upper=upper)
    if (low > high).any():
        raise DataError("a lower bound lies above its upper bound", why="intervals are given as lower, then upper")
    inside = ((low <= value) & (value <= high)).astype(float)
    return answer(mean(np.where(np.isnan(value), np.nan, inside)))
