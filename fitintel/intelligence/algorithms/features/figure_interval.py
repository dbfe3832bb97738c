"""Interval of a figure that was measured, widened by the quality of its recording."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.quality import widening
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, within


@algorithm(
    id="figure_interval",
    version="1.0.0",
    inputs={"value": "SI", "quality": "0-100"},
    output=("low and high end", "unit of the value"),
    source="Definition: value +- error x value x sqrt(100 / quality), at most four times as wide",
    validity=Validity.ROUGH,
    limits=(
        "the error of a clean recording is what makers of sensors say of them; it is not measured for this device",
        "errors of measurement only: not of a threshold, and not of the method that uses the figure",
        "an error that a device always makes in one direction can lie outside",
    ),
)
def figure_interval(value: Any, quality: Any, *, error: float = 0.02) -> dict[str, Any]:
    """Interval of a measured figure.

    `value +- error * value * widening`, the widening `sqrt(100 / quality)` between 1 and 4. `value` (n,) or one number,
    `quality` [0-100] of the channels it is made from, in a shape that broadcasts. Undefined (None, NaN) where either is
    missing. Raises DataError for a quality outside 0-100, or a negative error.

    Parameters: `error` [share of the value] half-width on a recording without faults.
    Returns `low`, `high`, and `widening` [1].

    >>> figure_interval(200.0, 100.0)  # W
    {'low': 196.0, 'high': 204.0, 'widening': 1.0}
    >>> figure_interval(200.0, 25.0)["high"]
    208.0
    """
    not_negative(error=error)
    within(0.0, 100.0, quality=quality)
    score, size = np.asarray(quality, dtype=np.float64), np.asarray(value, dtype=np.float64)
    wider = np.where(np.isnan(score), np.nan, np.reshape([widening(float(one)) for one in score.ravel()], score.shape))
    half = np.abs(size) * error * wider
    return {"low": answer(size - half), "high": answer(size + half), "widening": answer(wider)}
