"""Where to cut a series to test forecasts fairly."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="rolling_origin_folds",
    version="1.0.0",
    inputs={"n": "count", "initial": "count"},
    output=("end of each training part", "index"),
    source="Tashman 2000, Int J Forecast 16:437-450",
    validity=Validity.HIGH,
    limits=(
        "features must be made inside each fold, from its training part alone",
        "neighbouring folds share most of their past: their errors are not independent",
    ),
)
def rolling_origin_folds(n: int, initial: int, *, horizon: int = 1, step: int = 1) -> dict[str, Any]:
    """Rolling origins.

    Fold k trains on [0, end) and tests on [end, end + horizon), `end = initial + k step`, as long as the whole test
    part lies within the n values. Raises DataError for counts that are not whole or too small.

    Parameters: `horizon` [steps] of each test part; `step` [steps] between origins.
    Returns `train_ends` and `n_folds`. Tashman 2000, Int J Forecast 16:437.

    >>> rolling_origin_folds(24, 12, horizon=3, step=3)["train_ends"]  # places
    array([12, 15, 18, 21])
    """
    not_negative(n=n)
    positive(initial=initial, horizon=horizon, step=step)
    if any(int(count) != count for count in (n, initial, horizon, step)):
        raise DataError("a count is not whole", why="n, initial, horizon and step are numbers of values")
    ends = np.arange(int(initial), int(n) - int(horizon) + 1, int(step))
    return {"train_ends": ends, "n_folds": len(ends)}
