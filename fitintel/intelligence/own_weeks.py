"""Weeks of a daily series, and what to say of few numbers: a median with the spread of the athlete's own cases."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.days import weekday

Array = NDArray[Any]


def weeks_of(day: Any, values: Any) -> Array:
    """Values (n,) of consecutive days as complete ISO weeks (m, 7); the days before and after are left out.

    >>> weeks_of(np.arange(20366, 20376), np.arange(10.0)).tolist()
    [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]]
    """
    day = np.asarray(day, dtype=np.int64)
    lead = -weekday(int(day[0])) % 7 if len(day) else 0
    count = max(len(day) - lead, 0) // 7
    found: Array = np.asarray(values, dtype=np.float64)[lead : lead + 7 * count].reshape(count, 7)
    return found


def spread(cases: Any, *, low: float, high: float, least: int) -> dict[str, Any]:
    """`value` (median), `low`, `high` (quantiles) and `n` of the cases; None instead of figures below `least`.

    >>> spread([1.0, 2.0, 9.0], low=0.1, high=0.9, least=3)["value"]
    2.0
    """
    known = np.asarray(cases, dtype=np.float64)
    known = known[np.isfinite(known)]
    if len(known) < least:
        return {"value": None, "low": None, "high": None, "n": len(known)}
    middle, lower, upper = np.quantile(known, (0.5, low, high)).tolist()
    return {"value": middle, "low": lower, "high": upper, "n": len(known)}
