"""Vickers & Vertosick, model 2: the marathon from two races and the weekly distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative, positive

MARATHON = 42_195.0


@algorithm(
    id="vickers_model2",
    version="1.0.0",
    inputs={"duration_1": "s", "distance_1": "m", "duration_2": "s", "distance_2": "m", "weekly_distance": "m"},
    output=("marathon time and exponents", "s"),
    source="Vickers & Vertosick 2016, BMC Sports Sci Med Rehabil 8:26, model 2 (n = 2303; mean squared error 208, "
    "that of Riegel 381)",
    validity=Validity.USEFUL,
    limits=(
        "self-selected runners of an internet survey, 5 to 150 miles a week; no elites, no ultramarathons",
        "both races maximal and in the same season; the weekly distance is the typical one, not the peak",
        "undefined for two races of the same distance",
    ),
)
def vickers_model2(
    duration_1: Any, distance_1: Any, duration_2: Any, distance_2: Any, weekly_distance: Any
) -> dict[str, Any]:
    """Marathon time from two races and the weekly distance.

    `k = ln(t2 / t1) / ln(d2 / d1)`, `kM = 1.4510756 - 0.23797948 k - 0.01410023 M / 10` with M miles a week,
    `time = t2 (42195 / d2)^kM`, race 2 the longer one: given the other way round, they are exchanged. Durations [s],
    distances and `weekly_distance` [m]; scalars or arrays. Raises DataError unless durations and distances are above
    zero and weekly_distance is at least zero.

    Returns `race_exponent` k [1], `marathon_exponent` kM [1], `duration` [s].

    >>> vickers_model2(1200, 5000, 5520, 21_097.5, 40 * 1609.344)["duration"]  # s, m, s, m, m a week -> s
    12185.4858
    """
    positive(duration_1=duration_1, distance_1=distance_1, duration_2=duration_2, distance_2=distance_2)
    not_negative(weekly_distance=weekly_distance)
    t1, d1, t2, d2 = (np.asarray(v, dtype=np.float64) for v in (duration_1, distance_1, duration_2, distance_2))
    miles = np.asarray(weekly_distance, dtype=np.float64) / METRE_PER_MILE
    own = divided(np.log(t2 / t1), np.log(d2 / d1))
    marathon = 1.4510756 - 0.23797948 * own - 0.01410023 * miles / 10
    time, run = np.where(d1 > d2, t1, t2), np.where(d1 > d2, d1, d2)
    return {
        "race_exponent": answer(own),
        "marathon_exponent": answer(marathon),
        "duration": answer(time * (MARATHON / run) ** marathon),
    }
