"""Sum of four self-ratings."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, within


@algorithm(
    id="hooper_index",
    version="1.0.0",
    inputs={"sleep": "1-7", "stress": "1-7", "fatigue": "1-7", "soreness": "1-7"},
    output=("Hooper index, 4 is best", "4-28"),
    source="Hooper & Mackinnon 1995, Sports Med 20:321-327",
    validity=Validity.USEFUL,
    limits=(
        "1 is best in each: on a form that counts the other way the ratings must be turned round",
        "personal: compare with the athlete's own median of 28 days, not with others",
        "answers given for an audience are worth little",
    ),
)
def hooper_index(sleep: Any, stress: Any, fatigue: Any, soreness: Any) -> Any:
    """Hooper index.

    Sum of the ratings of sleep, stress, fatigue and muscle soreness, each from 1 (best) to 7; 4 to 28. Scalars or
    arrays; undefined if one is missing. Raises DataError for a rating outside 1-7.

    >>> hooper_index(3, 2, 4, 5)
    14.0
    """
    within(1, 7, sleep=sleep, stress=stress, fatigue=fatigue, soreness=soreness)
    return answer(np.sum(np.broadcast_arrays(*(np.asarray(x, dtype=np.float64)
                                               for x in (sleep, stress, fatigue, soreness))), axis=0))  # fmt: skip
