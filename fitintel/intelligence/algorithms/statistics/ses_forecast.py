"""Forecast by simple exponential smoothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.smoothing import filter_damped
from fitintel.intelligence.values import answer, within


@algorithm(
    id="ses_forecast",
    version="1.0.0",
    inputs={"y": "any"},
    output=("next value", "unit of y"),
    source="Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., section 8.1",
    validity=Validity.USEFUL,
    limits=(
        "flat: no trend, no season, the same for every horizon",
        "the constant is given, not fitted",
    ),
)
def ses_forecast(y: Any, *, alpha: float = 0.2, initial_level: float | None = None) -> float | None:
    """Simple exponential smoothing.

    `level_t = level_(t-1) + alpha (y_t - level_(t-1))`; the last level is the forecast. `y` (n,) in order of time;
    where it is missing the level stays. Raises DataError for `alpha` outside 0 to 1.

    Parameters: `alpha` [1] weight of the newest value; `initial_level` [unit of y] before the first, None: the first
    one.
    Returns None without a value and a level to begin with. Hyndman & Athanasopoulos 2021.

    >>> ses_forecast([10.0, 20.0], alpha=0.5)  # unit of y
    15.0
    """
    within(0, 1, alpha=alpha)
    series = row(y, "y")
    if initial_level is not None:
        series = np.append(float(initial_level), series)
    if not len(series):
        return None
    level, _, _ = filter_damped(series, np.array([alpha]), np.zeros(1), np.ones(1))
    return answer(level[-1, 0])  # type: ignore[no-any-return]
