"""Load from minutes in five heart rate zones."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative

WEIGHTS = (1.0, 2.0, 3.0, 4.0, 5.0)


@algorithm(
    id="edwards_trimp",
    version="1.0.0",
    inputs={"zone_minutes": "min"},
    output=("zone load", "a.u."),
    source="Edwards 1993, The Heart Rate Monitor Book: weights 1 to 5",
    validity=Validity.USEFUL,
    limits=(
        "jumps at the bounds of zones: one beat can change a minute's weight by one; never compare athletes with it",
        "the weights are a choice, not a measurement",
        "minutes below 50 % of the highest heart rate score nothing",
    ),
)
def edwards_trimp(zone_minutes: Any) -> Any:
    """Zone load after Edwards.

    `load = 1 m1 + 2 m2 + 3 m3 + 4 m4 + 5 m5`, `zone_minutes` (..., 5) [min] in 50-60, 60-70, 70-80, 80-90 and 90-100 %
    of the highest heart rate (edwards_zone_minutes gives them). Undefined if one is missing. Raises DataError for
    another number of zones or negative minutes.

    >>> edwards_trimp([10, 10, 10, 10, 10])  # a.u.
    150.0
    """
    minutes = np.asarray(zone_minutes, dtype=np.float64)
    if minutes.shape[-1:] != (5,):
        raise DataError("there are five zones", why=f"minutes of shape {minutes.shape} were given")
    not_negative(zone_minutes=minutes)
    return answer(minutes @ np.array(WEIGHTS))
