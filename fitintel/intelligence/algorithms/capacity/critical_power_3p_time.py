"""How long a power can be held, by the model of three parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="critical_power_3p_time",
    version="1.0.0",
    inputs={"power": "W", "critical_power": "W", "w_prime": "J", "power_max": "W"},
    output=("time to exhaustion", "s"),
    source="Morton 1996, Ergonomics 39:611-619; Clarke & Skiba 2013, Adv Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "undefined at or below critical power, where the model knows no end, and above the highest power",
        "near critical power 1 W more or less changes the time by minutes",
        "parameters of the three-parameter model only",
    ),
)
def critical_power_3p_time(power: Any, critical_power: Any, w_prime: Any, power_max: Any) -> Any:
    """Time to exhaustion at a power (three parameters).

    `t = W'/(P - CP) + W'/(CP - Pmax)`; 0 s at the highest power. `power`, `critical_power` and `power_max` [W],
    `w_prime` [J]; scalars or arrays. Raises DataError unless power_max is above critical_power, w_prime above zero and
    power at least zero.

    >>> critical_power_3p_time(480, 213, 28_066, 631)  # W, W, J, W -> s
    37.9726
    """
    critical, top = np.asarray(critical_power, dtype=np.float64), np.asarray(power_max, dtype=np.float64)
    positive(critical_power=critical, w_prime=w_prime, **{"power_max - critical_power": top - critical})
    not_negative(power=power)
    watts, work = np.asarray(power, dtype=np.float64), np.asarray(w_prime, dtype=np.float64)
    above = np.where((watts > critical) & (watts <= top), watts - critical, np.nan)
    return answer(work / above - work / (top - critical))
