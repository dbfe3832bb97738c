"""A personal exponent of Riegel from two races."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, positive


@algorithm(
    id="riegel_personal_exponent",
    version="1.0.0",
    inputs={"duration_1": "s", "distance_1": "m", "duration_2": "s", "distance_2": "m"},
    output=("exponent", "1"),
    source="Riegel 1981, American Scientist 69:285-290, solved for the exponent",
    validity=Validity.ROUGH,
    limits=(
        "two races carry little: 1 % of error in one time moves the exponent by 0.014 between 5 km and 10 km",
        "both races must be maximal, on like courses, in the same weeks; shrink it before use (riegel_shrunk_exponent)",
        "undefined for two races of the same distance",
    ),
)
def riegel_personal_exponent(duration_1: Any, distance_1: Any, duration_2: Any, distance_2: Any) -> Any:
    """Personal exponent of Riegel's law from two races.

    `k = ln(t2 / t1) / ln(d2 / d1)`; the order of the races does not matter. Durations [s], distances [m]; scalars or
    arrays. Undefined (None, NaN) for equal distances. Raises DataError unless all are above zero.

    Riegel 1981, American Scientist 69:285.

    >>> riegel_personal_exponent(1200, 5000, 5520, 21_097.5)  # s, m, s, m -> 1
    1.05997
    """
    positive(duration_1=duration_1, distance_1=distance_1, duration_2=duration_2, distance_2=distance_2)
    times, distances = (
        np.asarray(second, dtype=np.float64) / np.asarray(first, dtype=np.float64)
        for first, second in ((duration_1, duration_2), (distance_1, distance_2))
    )
    return answer(divided(np.log(times), np.log(distances)))
