"""The power that the model of three parameters allows for a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="critical_power_3p_power",
    version="1.0.0",
    inputs={"duration": "s", "critical_power": "W", "w_prime": "J", "power_max": "W"},
    output=("power", "W"),
    source="Morton 1996, Ergonomics 39:611-619; Clarke & Skiba 2013, Adv Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "up to 20 to 30 minutes; beyond, nobody holds critical power",
        "parameters of the three-parameter model only",
    ),
)
def critical_power_3p_power(duration: Any, critical_power: Any, w_prime: Any, power_max: Any) -> Any:
    """Power for a duration (three parameters).

    `P = W'/(t + W'/(Pmax - CP)) + CP`; at 0 s the highest power. `duration` [s], `critical_power` and `power_max` [W],
    `w_prime` [J]; scalars or arrays. Raises DataError unless power_max is above critical_power, w_prime above zero and
    duration at least zero.

    >>> critical_power_3p_power(300, 213, 28_066, 631)  # s, W, J, W -> W
    289.444
    """
    critical, top = np.asarray(critical_power, dtype=np.float64), np.asarray(power_max, dtype=np.float64)
    positive(critical_power=critical, w_prime=w_prime, **{"power_max - critical_power": top - critical})
    not_negative(duration=duration)
    work = np.asarray(w_prime, dtype=np.float64)
    return answer(work / (np.asarray(duration, dtype=np.float64) + work / (top - critical)) + critical)
