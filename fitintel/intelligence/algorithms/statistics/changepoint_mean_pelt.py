"""Where a series changed its level, and how often."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.segments import Stretches, optimal_partition, step_spread
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="changepoint_mean_pelt",
    version="1.0.0",
    title="Changes of level",
    inputs={"x": "any"},
    output=("end of each stretch, the last is n", "index"),
    source="Killick, Fearnhead & Eckley 2012, J Am Stat Assoc 107:1590-1598; the same answer by Jackson et al. 2005",
    validity=Validity.USEFUL,
    limits=(
        "independent errors are assumed: runs of good and bad weeks pass for changes (change_points allows for them)",
        "every place is tried; programs that try every fifth one, as is a common default, miss the exact place",
        "a slow drift is told as one or more steps",
    ),
)
def changepoint_mean_pelt(x: Any, *, penalty: float | None = None, min_size: int = 2) -> list[int]:
    """Changes of level by penalised cost.

    The cut with the least sum of squares around the stretches' own means plus `penalty` for each cut; exact, O(n^2).
    `x` (n,) in order, NaN where missing. Raises DataError for a negative penalty or a `min_size` below 1.

    Parameters: `penalty` [squared unit of x]; None: `2 sigma^2 ln n`, sigma from the median absolute first difference,
    so that changes do not count as noise; `min_size` [values] least length of a stretch.
    Returns the end of each stretch, n as the last; an empty series has none. Killick et al. 2012.

    >>> changepoint_mean_pelt([0] * 20 + [5] * 20 + [2] * 20, penalty=1.0)  # places
    [20, 40, 60]
    """
    series = row(x, "x")
    positive(min_size=min_size)
    if penalty is None:
        penalty = 2 * step_spread(series) ** 2 * float(np.log(max(len(series), 1)))
        if penalty == 0:  # no noise at all: any change is one, none is made up by rounding
            penalty = 1e-9 * float(np.nanmax(np.abs(series), initial=0.0)) ** 2
    not_negative(penalty=penalty)
    if not len(series):
        return []
    return optimal_partition(Stretches(series), penalty, min_size=min_size)
