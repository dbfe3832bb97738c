"""The power that critical power and W' allow for a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="critical_power_2p_predict",
    version="1.0.0",
    inputs={"critical_power": "W", "w_prime": "J", "duration": "s"},
    output=("power", "W"),
    source="Monod & Scherrer 1965, Ergonomics 8:329; Clarke & Skiba 2013, Adv Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "2 to 20 minutes: below, it promises power that nobody has (it grows without bound); above 30 to 40 minutes "
        "too much endurance",
        "both parameters from the two-parameter model",
    ),
)
def critical_power_2p_predict(critical_power: Any, w_prime: Any, duration: Any) -> Any:
    """Power for a duration (two parameters).

    `P = CP + W'/t`; `critical_power` [W], `w_prime` [J], `duration` [s]; scalars or arrays that broadcast. Undefined at
    0 s. Raises DataError unless critical_power is above zero, w_prime and duration at least zero.

    >>> critical_power_2p_predict(250, 20_000, [120, 1200])  # W, J, s -> W
    array([416.6667, 266.6667])
    """
    positive(critical_power=critical_power)
    not_negative(w_prime=w_prime, duration=duration)
    time = np.asarray(duration, dtype=np.float64)
    work = np.asarray(w_prime, dtype=np.float64)
    return answer(np.asarray(critical_power, dtype=np.float64) + work / np.where(time > 0, time, np.nan))
