"""The best mean of a stream over each duration."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.best_windows import best_means
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="mean_max",
    version="1.0.0",
    inputs={"power": "any, one per second", "durations": "s"},
    output=("best mean for each duration", "unit of the stream"),
    source="Mean-maximal curve (Coggan; GoldenCheetah RidePlot); exact search by bounds on tiles of starts and "
    "durations",
    validity=Validity.HIGH,
    limits=(
        "a best is what was done, not what can be done: without maximal efforts the curve is too low",
        "one spike of a sensor makes the short end; clean the stream first",
        "needs one value a second of moving time: pauses are cut out or missing, never zero",
    ),
)
def mean_max(power: Any, durations: Any = None) -> Any:
    """Mean-maximal curve.

    For each duration d the highest mean of d consecutive seconds. `power` (n,) at 1 Hz (or speed, heart rate ...), NaN
    where missing: a window with a missing second does not count. `durations` (m,) whole seconds, None: 1 .. n. Exact;
    an hour takes a few milliseconds for all durations, a grid of some hundred far less. Raises DataError for durations
    that are not whole numbers of at least 1.

    Returns (m,), NaN where no window is that long without a gap.

    >>> mean_max([100, 300, 200, 400], [1, 2, 4, 60])  # W
    array([400., 300., 250.,  nan])
    """
    stream = row(power, "power")
    asked = np.arange(1, len(stream) + 1, dtype=np.float64) if durations is None else row(durations, "durations")
    if not ((asked >= 1) & (asked == np.floor(asked))).all():
        raise DataError("a duration is not a whole number of seconds", why="the stream has one value a second")
    missing = np.flatnonzero(~np.isfinite(stream))
    best = np.full(len(asked), np.nan)
    for begin, end in pairwise([-1, *missing.tolist(), len(stream)]):
        if end - begin > 1:
            best = np.fmax(best, best_means(stream[begin + 1 : end], asked.astype(np.int64)))
    return best
