"""Power of a ride smoothed exponentially and weighted so that hard parts count more."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rolling import fourth_power_mean
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="exponential_power",
    version="1.0.0",
    inputs={"power": "W"},
    output=("exponentially weighted power", "W"),
    source="Skiba 2008, the variant of GoldenCheetah with a weight of dt / (25 + dt), begun at the first value",
    validity=Validity.USEFUL,
    limits=(
        "three variants are in use (begun at zero, smoothed twice, and one that is not smoothed by mistake): compare "
        "with figures of this one only",
        "not meaningful below 20 minutes",
    ),
)
def exponential_power(power: Any, *, dt: float = 1.0, time_constant: float = 25.0) -> Any:
    """Exponentially weighted power.

    `y_i = y_{i-1} + w (P_i - y_{i-1})` with `w = dt / (25 s + dt)`, begun at the first value; the fourth root of the
    mean of its fourth powers. `power` [W] (n,) at even steps of moving time; where it is missing (NaN: a long pause)
    the smoothing begins anew. Constant power gives that power; None without a value. Raises DataError for a step or
    time constant that is not above zero.

    Parameters: `dt` [s] between values; `time_constant` [s].

    >>> exponential_power([100.0] * 600 + [300.0] * 600)  # W
    248.517
    """
    positive(dt=dt, time_constant=time_constant)
    power = np.asarray(power, dtype=np.float64)
    known = np.isfinite(power)
    share = dt / (time_constant + dt)
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], known.astype(np.int8), [0]])))
    pieces = [power[first:end] for first, end in zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True)]
    smooth = [decayed(piece, 1 - share, share, piece[0]) for piece in pieces]
    return answer(fourth_power_mean(np.concatenate([*smooth, np.empty(0)])))
