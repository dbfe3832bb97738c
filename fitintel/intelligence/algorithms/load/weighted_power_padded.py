"""Weighted power with windows that begin in zeros, for comparison with other programs."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rolling import fourth_power_mean, window_means
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="weighted_power_padded",
    version="1.0.0",
    inputs={"power": "W"},
    output=("weighted power, padded start", "W"),
    source="GoldenCheetah CoggansPowerMetrics: the first sums are divided by the whole window",
    validity=Validity.ROUGH,
    limits=(
        "only for comparing with figures of programs that start so: it is too low, the more so the shorter the ride",
        "steady power has a weighted power below its mean",
    ),
)
def weighted_power_padded(power: Any, *, dt: float = 1.0, window: float = 30.0) -> Any:
    """Weighted power with a padded start.

    As weighted_power, but each window reaches back before the start, where the power is taken as 0, so that there is a
    window for every value. `power` [W] (n,) or (rides, n) at even steps, NaN as missing. Raises DataError for a step or
    window that is not above zero.

    Parameters: `dt` [s] between values; `window` [s].

    >>> weighted_power_padded([200.0] * 3600)  # W
    199.67
    """
    positive(dt=dt, window=window)
    power = np.asarray(power, dtype=np.float64)
    size = max(1, round(window / dt))
    padding = np.zeros((*power.shape[:-1], size - 1))
    return answer(fourth_power_mean(window_means(np.concatenate([padding, power], axis=-1), size)))
