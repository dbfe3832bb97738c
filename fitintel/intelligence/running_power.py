"""Mechanical power of running by Skiba's model: air, change of speed, and the ground."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.gradient_cost import minetti
from fitintel.intelligence.values import not_negative, positive

Floats = NDArray[np.float64]

AIR_DENSITY, DRAG = 1.2, 0.9
"""kg/m3; 1"""
FASTEST = 8.33
"""m/s, at which the model's efficiency falls to half"""


def running_power(speed: Any, slope: Any, mass: Any, height: Any, acceleration: Any = 0.0) -> Floats:
    """`P = (air + change + Cr(slope) * efficiency) * speed * mass` [W].

    With frontal area `A = 0.2025 height^0.725 mass^0.425 * 0.266`, `air = 0.5 * 1.2 * 0.9 * A * speed^2 / mass`,
    Minetti's `Cr` and `efficiency = (0.25 + 0.054 speed) (1 - 0.5 speed / 8.33)`. `speed` [m/s], `slope` [1], `mass`
    [kg], `height` [m], `acceleration` [m/s2]; shapes that broadcast. Raises DataError for a negative speed, or a mass
    or height that is not above zero.

    >>> float(running_power(4.0, 0.0, 70.0, 1.75))
    373.9404
    """
    not_negative(speed=speed)
    positive(mass=mass, height=height)
    v, m = np.asarray(speed, dtype=np.float64), np.asarray(mass, dtype=np.float64)
    area = 0.2025 * np.asarray(height, dtype=np.float64) ** 0.725 * m**0.425 * 0.266
    air = 0.5 * AIR_DENSITY * DRAG * area * v**2 / m
    efficiency = (0.25 + 0.054 * v) * (1 - 0.5 * v / FASTEST)
    power: Floats = (air + np.asarray(acceleration, dtype=np.float64) + minetti(slope) * efficiency) * v * m
    return power
