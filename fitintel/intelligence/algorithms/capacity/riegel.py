"""Riegel: race time grows with a power of the distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="riegel",
    version="1.0.0",
    inputs={"duration": "s", "distance": "m", "target": "m"},
    output=("race time", "s"),
    source="Riegel 1981, American Scientist 69:285-290",
    validity=Validity.USEFUL,
    limits=(
        "derived for races of 3.5 to 230 minutes; the race must have been run as hard as possible",
        "for half of recreational runners it puts the marathon 10 minutes or more too early (Vickers & Vertosick 2016)",
        "the exponent differs between people: see riegel_shrunk_exponent",
    ),
)
def riegel(duration: Any, distance: Any, target: Any, *, exponent: float = 1.06) -> Any:
    """Race time by Riegel's power law.

    `t2 = t1 (d2 / d1)^k`: `duration` [s] of a race over `distance` [m], carried over to `target` [m]. Scalars or
    arrays that broadcast; missing stays missing. Raises DataError unless all are above zero.

    Parameters: `exponent` [1] k, Riegel's 1.06 or a personal one.

    Riegel 1981, American Scientist 69:285.

    >>> riegel(2400, 10_000, 42_195)  # s, m, m -> s
    11040.478
    """
    positive(duration=duration, distance=distance, target=target, exponent=exponent)
    ratio = np.asarray(target, dtype=np.float64) / np.asarray(distance, dtype=np.float64)
    return answer(np.asarray(duration, dtype=np.float64) * ratio ** np.asarray(exponent, dtype=np.float64))
