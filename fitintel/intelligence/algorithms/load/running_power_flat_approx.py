"""Power of running on the flat, from speed and mass alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="running_power_flat_approx",
    version="1.0.0",
    inputs={"speed": "m/s", "mass": "kg"},
    output=("approximate running power", "W"),
    source="1.04 kJ per kg and km, as in Elevate",
    validity=Validity.ROUGH,
    limits=(
        "speed in disguise: it says nothing that speed does not say",
        "flat, windless, one running economy for all; never mix it with a vendor's figures in one baseline",
    ),
)
def running_power_flat_approx(speed: Any, mass: Any, *, cost: float = 1.04) -> Any:
    """Approximate running power on the flat.

    `P = cost * mass * speed`; `speed` [m/s], `mass` [kg]; scalars or arrays. Raises DataError for a negative speed or a
    mass that is not above zero.

    Parameters: `cost` [kJ/kg/km], which is J/kg/m.

    >>> running_power_flat_approx(4.0, 70)  # W
    291.2
    """
    not_negative(speed=speed)
    positive(mass=mass, cost=cost)
    return answer(cost * np.asarray(mass, dtype=np.float64) * np.asarray(speed, dtype=np.float64))
