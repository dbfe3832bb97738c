"""Oxygen cost of running and the share of the maximum that can be held: Daniels & Gilbert 1979, Oxygen Power.

Speeds are m/min and times min here, as in the book; every constant belongs to these units.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 30
"""Each round of `race_time` leaves at most an eighth of the error: 30 are more than a float can show."""


def oxygen_cost(speed: Any) -> Floats:
    """Oxygen [ml/kg/min] that running at `speed` [m/min] on the flat takes: `-4.60 + 0.182258 v + 0.000104 v^2`.

    >>> float(oxygen_cost(250))
    47.4645
    """
    speed = np.asarray(speed, dtype=np.float64)
    cost: Floats = -4.60 + 0.182258 * speed + 0.000104 * speed**2
    return cost


def speed_at(oxygen: Any) -> Floats:
    """Speed [m/min] whose oxygen cost is `oxygen` [ml/kg/min]: the inverse of `oxygen_cost`.

    >>> float(speed_at(47.4645))
    250.0
    """
    speed: Floats = (
        -0.182258 + np.sqrt(0.182258**2 + 4 * 0.000104 * (4.60 + np.asarray(oxygen, dtype=np.float64)))
    ) / (2 * 0.000104)
    return speed


def sustained_share(minutes: Any) -> Floats:
    """Share of the maximal oxygen uptake that can be held for `minutes`.

    >>> float(sustained_share(60.0))
    0.8880
    """
    minutes = np.asarray(minutes, dtype=np.float64)
    share: Floats = 0.8 + 0.1894393 * np.exp(-0.012778 * minutes) + 0.2989558 * np.exp(-0.1932605 * minutes)
    return share


def race_time(index: Any, distance: Any) -> Floats:
    """Minutes for `distance` [m] at the running index `index` [ml/kg/min].

    `t <- distance / speed(index * share(t))` is repeated: the share's relative slope over log time is below 0.13
    everywhere, that of the speed over the oxygen below 1, so it converges from any start to the only root.

    >>> float(race_time(40, 10_000))
    50.01
    """
    index, distance = np.asarray(index, dtype=np.float64), np.asarray(distance, dtype=np.float64)
    minutes: Floats = distance / speed_at(index)
    for _ in range(ROUNDS):
        minutes = distance / speed_at(index * sustained_share(minutes))
    return minutes
