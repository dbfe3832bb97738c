"""Vickers & Vertosick, model 1: the marathon from one race and the weekly distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive

MARATHON = 42_195.0


@algorithm(
    id="vickers_model1",
    version="1.0.0",
    inputs={"duration": "s", "distance": "m", "weekly_distance": "m"},
    output=("marathon time", "s"),
    source="Vickers & Vertosick 2016, BMC Sports Sci Med Rehabil 8:26, model 1 (n = 2303; mean squared error 228, "
    "that of Riegel 381)",
    validity=Validity.USEFUL,
    limits=(
        "self-selected runners of an internet survey, 5 to 150 miles a week; no elites, no ultramarathons",
        "the weekly distance is the typical one, not the peak",
        "one lineage of copies has 0.6423826 for 0.06423826 and k = 1.06: it turns 3:20 into 2:00 at 40 miles a week",
    ),
)
def vickers_model1(duration: Any, distance: Any, weekly_distance: Any) -> Any:
    """Marathon time from one race and the weekly distance.

    `vR = 42195 / (t (42195 / d)^1.07)`, `v = 0.16018617 + 0.83076202 vR + 0.06423826 M / 10` [m/s] with M miles a week,
    `time = 42195 / v`. `duration` [s], `distance` [m] of the race, `weekly_distance` [m]; scalars or arrays.
    Raises DataError unless duration and distance are above zero and weekly_distance is at least zero.

    >>> vickers_model1(5400, 21_097.5, 40 * 1609.344)  # s, m, m a week -> s
    12024.2606
    """
    positive(duration=duration, distance=distance)
    not_negative(weekly_distance=weekly_distance)
    time, run = np.asarray(duration, dtype=np.float64), np.asarray(distance, dtype=np.float64)
    miles = np.asarray(weekly_distance, dtype=np.float64) / METRE_PER_MILE
    by_riegel = MARATHON / (time * (MARATHON / run) ** 1.07)
    return answer(MARATHON / (0.16018617 + 0.83076202 * by_riegel + 0.06423826 * miles / 10))
