"""The rising series nearest to a series."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="isotonic",
    version="1.0.0",
    inputs={"y": "any"},
    output=("fitted values", "unit of y"),
    source="Pool adjacent violators: Ayer et al. 1955, Ann Math Stat 26:641; Barlow et al. 1972",
    validity=Validity.HIGH,
    limits=(
        "steps, not a line: between the given places nothing is said",
        "as a calibration it needs about a thousand labels",
    ),
)
def isotonic(y: Any) -> Any:
    """Isotonic regression.

    The non-decreasing series with the least sum of squared distances: neighbours in falling order are pooled to their
    mean until none is left; O(n). `y` (n,) in order of the predictor; missing ones stay NaN and count for nothing.

    Returns (n,). Ayer et al. 1955, Ann Math Stat 26:641.

    >>> isotonic([3, 7, 5, 9, 8, 7, 10])  # unit of y
    array([ 3.,  6.,  6.,  8.,  8.,  8., 10.])
    """
    series = row(y, "y")
    known = np.isfinite(series)
    total: list[float] = []
    count: list[int] = []
    for value in series[known].tolist():
        total.append(value)
        count.append(1)
        while len(total) > 1 and total[-2] * count[-1] > total[-1] * count[-2]:
            total[-2:], count[-2:] = [total[-2] + total[-1]], [count[-2] + count[-1]]
    fitted = np.full(len(series), np.nan)
    fitted[known] = np.repeat(np.divide(total, count) if total else [], count)
    return fitted
