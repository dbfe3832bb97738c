"""Power of a ride weighted so that hard parts count more."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rolling import fourth_power_mean, window_means
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="weighted_power",
    version="1.0.0",
    inputs={"power": "W"},
    output=("weighted power", "W"),
    source="Allen & Coggan, Training and Racing with a Power Meter; full 30 s windows only",
    validity=Validity.USEFUL,
    limits=(
        "not meaningful below 20 minutes",
        "the fourth power is a convention; no measurement fixed it",
        "products that pad the start with zeros give lower figures, 199.67 W for an hour at 200 W",
        "a pause is no power of zero: give moving time, with NaN where a long pause lies",
    ),
)
def weighted_power(power: Any, *, dt: float = 1.0, window: float = 30.0) -> Any:
    """Weighted power.

    Mean power of each full 30 s window, its fourth power, their mean, its fourth root. `power` [W] (n,) or (rides, n)
    at even steps of moving time, as `one_hertz` gives it; a window with a missing value (NaN) is left out. Constant
    power gives that power. Undefined without one full window. O(n). Raises DataError for a step or window that is not
    above zero.

    Parameters: `dt` [s] between values; `window` [s].

    >>> weighted_power([100.0] * 600 + [300.0] * 600)  # W; the mean is 200
    252.378
    """
    positive(dt=dt, window=window)
    return answer(fourth_power_mean(window_means(np.asarray(power, dtype=np.float64), max(1, round(window / dt)))))
