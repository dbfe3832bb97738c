"""The time that critical speed and D' allow for a distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="critical_speed_predict_time",
    version="1.0.0",
    inputs={"speed": "m/s", "d_prime": "m", "distance": "m"},
    output=("time", "s"),
    source="Hughson, Orok & Staudt 1984, Int J Sports Med 5:23; Jones & Vanhatalo 2017, Sports Med 47:65",
    validity=Validity.USEFUL,
    limits=(
        "2 to 20 minutes, up to 30 at most: nobody runs a half marathon at critical speed",
        "undefined for a distance that D' alone would cover",
    ),
)
def critical_speed_predict_time(speed: Any, d_prime: Any, distance: Any) -> Any:
    """Time for a distance from critical speed and D'.

    `t = (d - D') / CS`; `speed` [m/s], `d_prime` and `distance` [m]; scalars or arrays. Raises DataError unless speed
    and distance are above zero and d_prime at least zero.

    >>> critical_speed_predict_time(4.8, 200, 5000)  # m/s, m, m -> s
    1000.0
    """
    positive(speed=speed, distance=distance)
    not_negative(d_prime=d_prime)
    left = np.asarray(distance, dtype=np.float64) - np.asarray(d_prime, dtype=np.float64)
    return answer(np.where(left > 0, left, np.nan) / np.asarray(speed, dtype=np.float64))
