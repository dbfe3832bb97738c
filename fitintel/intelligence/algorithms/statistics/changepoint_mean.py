"""Where a series changed its level, given how often it did."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.known import mean, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.segments import Stretches, fixed_partition


@algorithm(
    id="changepoint_mean",
    version="1.0.0",
    inputs={"x": "any", "at": "any"},
    output=("first place of each new level", "index"),
    source="Least squares partition by dynamic programming: Bai & Perron 2003, J Appl Econom 18:1-22",
    validity=Validity.USEFUL,
    limits=(
        "it always finds the number of changes asked for: whether there is one is another question "
        "(changepoint_mean_pelt)",
        "a trend or a season inside the window is cut somewhere in its middle",
    ),
)
def changepoint_mean(x: Any, at: Any = None, *, changes: int = 1, min_size: int = 1) -> dict[str, Any]:
    """Known number of changes of level.

    The cut into `changes + 1` stretches with the least sum of squares around their own means; exact. `x` (n,) in order,
    NaN where missing; `at` (n,) names the places, such as years, 0, 1, 2 ... unless given. Raises DataError if the
    series is too short for that many stretches.

    Parameters: `changes` [count]; `min_size` [values] least length of a stretch.
    Returns `index` (changes,) where each new stretch begins, `at` the same by name, `mean` (changes + 1,) of the
    stretches. Bai & Perron 2003, J Appl Econom 18:1.

    >>> changepoint_mean([9, 8, 9, 2, 3, 2], [1896, 1897, 1898, 1899, 1900, 1901])["at"]  # years
    array([1899.])
    """
    series = row(x, "x")
    names = np.arange(len(series)) if at is None else row(at, "at")
    if len(names) != len(series):
        raise DataError("the series differ in length", why=f"{len(series)} of x, {len(names)} of at")
    if changes < 1 or min_size < 1 or len(series) < (changes + 1) * min_size:
        raise DataError(
            f"{len(series)} values cannot be cut {changes} times",
            why=f"at least one cut, and stretches of {min_size} or more values, are expected",
        )
    ends = fixed_partition(Stretches(series), changes, min_size=min_size)
    parts = np.split(series, ends[:-1])
    return {
        "index": np.array(ends[:-1]),
        "at": names[ends[:-1]],
        "mean": np.array([float(mean(part)) for part in parts]),
    }
