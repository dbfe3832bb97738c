"""Tanda: the marathon from the training of eight weeks, without a race."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive

MARATHON = 42_195.0


@algorithm(
    id="tanda_marathon",
    version="1.0.0",
    inputs={"weekly_distance": "m", "pace": "s/m"},
    output=("marathon pace and time", "s/m, s"),
    source="Tanda 2011, J Hum Sport Exerc 6:511-520",
    validity=Validity.ROUGH,
    limits=(
        "derived from 21 runners with marathons of 2:47 to 3:36",
        "means of 8 weeks, all runs included; meant for 20 km a week or more at 4:00 to 8:30 min/km",
        "it knows no race: someone who trains slowly by choice is put too late",
    ),
)
def tanda_marathon(weekly_distance: Any, pace: Any) -> dict[str, Any]:
    """Marathon pace and time from eight weeks of training.

    `Pm = 17.1 + 140 exp(-0.0053 K) + 0.55 P` [s/km], K the mean weekly distance [km] and P the mean training pace
    [s/km] of 8 weeks. `weekly_distance` [m], `pace` [s/m]; scalars or arrays. Raises DataError unless pace is above
    zero and weekly_distance is at least zero.

    Returns `pace` [s/m] and `duration` [s] of the marathon.

    >>> tanda_marathon(60_000, 0.300)["duration"]  # m a week, s/m -> s
    11981.8775
    """
    not_negative(weekly_distance=weekly_distance)
    positive(pace=pace)
    week, training = np.asarray(weekly_distance, dtype=np.float64), np.asarray(pace, dtype=np.float64)
    per_kilometre = 17.1 + 140.0 * np.exp(-0.0053 * week / 1000) + 0.55 * training * 1000
    return {"pace": answer(per_kilometre / 1000), "duration": answer(per_kilometre / 1000 * MARATHON)}
