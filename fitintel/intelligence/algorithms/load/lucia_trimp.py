"""Load from minutes below, between and above two ventilatory thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="lucia_trimp",
    version="1.0.0",
    inputs={"minutes_below_vt1": "min", "minutes_vt1_vt2": "min", "minutes_above_vt2": "min"},
    output=("phase load", "a.u."),
    source="Lucia et al. 2003, Med Sci Sports Exerc 35:872-878: weights 1, 2, 3",
    validity=Validity.USEFUL,
    limits=(
        "jumps at the thresholds: never compare athletes with it",
        "the weights are a choice, not a measurement",
    ),
)
def lucia_trimp(minutes_below_vt1: Any, minutes_vt1_vt2: Any, minutes_above_vt2: Any) -> Any:
    """Phase load after Lucia.

    `load = m1 + 2 m2 + 3 m3`, minutes [min] below the first, between the two and above the second ventilatory
    threshold (lucia_zone_minutes gives them). Scalars or arrays; undefined if one is missing. Raises DataError for
    negative minutes.

    >>> lucia_trimp(30, 20, 10)  # a.u.
    100.0
    """
    low, middle, high = (
        np.asarray(minutes, dtype=np.float64) for minutes in (minutes_below_vt1, minutes_vt1_vt2, minutes_above_vt2)
    )
    not_negative(minutes_below_vt1=low, minutes_vt1_vt2=middle, minutes_above_vt2=high)
    return answer(low + 2 * middle + 3 * high)
