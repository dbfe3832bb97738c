"""Output per heart beat of a session."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import UnknownName
from fitintel.core.units import to_si
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative

UNITS = {
    "W": 1.0,
    "m/min": to_si("duration", "min"),
    "yd/min": to_si("duration", "min") / to_si("distance", "yd"),
}


@algorithm(
    id="efficiency_factor",
    version="1.0.0",
    inputs={"output": "W or m/s", "hr_mean": "bpm"},
    output=("efficiency factor", "unit per bpm"),
    source="Friel, The Cyclist's Training Bible: weighted power, or grade-adjusted speed, over mean heart rate",
    validity=Validity.USEFUL,
    limits=(
        "compare only sessions that are alike: steady, at least 20 min, similar temperature and duration",
        "heat, caffeine, fatigue and the sensor move heart rate as much as fitness does",
        "undefined without heart rate",
    ),
)
def efficiency_factor(output: Any, hr_mean: Any, *, unit: str = "W") -> Any:
    """Efficiency factor.

    `output / hr_mean`: weighted power [W] on a bicycle, grade-adjusted speed [m/s] on foot; `hr_mean` [bpm]; scalars or
    arrays; undefined at a heart rate of 0. Raises DataError for negative numbers, UnknownName for another unit.

    Parameters: `unit` of the output in the answer: W as it is given, or m/min or yd/min for a speed.

    >>> efficiency_factor(210, 140)  # W/bpm
    1.5
    >>> efficiency_factor(3.0, 150, unit="m/min")  # m/min/bpm
    1.2
    """
    if unit not in UNITS:
        raise UnknownName("unit of the efficiency factor", unit, UNITS)
    not_negative(output=output, hr_mean=hr_mean)
    return answer(divided(np.asarray(output, dtype=np.float64) * UNITS[unit], hr_mean))
