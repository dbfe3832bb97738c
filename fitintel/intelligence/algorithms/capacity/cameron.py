"""Cameron: race time by a curve through world-class times."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="cameron",
    version="1.0.0",
    inputs={"duration": "s", "distance": "m", "target": "m"},
    output=("race time", "s"),
    source="Cameron 1997: f(x) = 13.49681 - 0.048865 x + 2.438936 / x^0.7905, x in miles",
    validity=Validity.USEFUL,
    limits=(
        "fitted to records: the endurance of a recreational runner over long races is less",
        "the race must have been run as hard as possible; 400 m to 50 miles",
        "copies with constants for kilometres differ by 0.01 %",
    ),
)
def cameron(duration: Any, distance: Any, target: Any) -> Any:
    """Race time by Cameron's curve.

    `t2 = (t1 / d1) (f(d1) / f(d2)) d2` with `f(x) = 13.49681 - 0.048865 x + 2.438936 / x^0.7905`, x the distance in
    miles of 1609.344 m. `duration` [s], `distance` and `target` [m]; scalars or arrays. Undefined where f is not above
    zero (beyond 276 miles). Raises DataError unless all are above zero.

    >>> cameron(2400, 10_000, 42_195)  # s, m, m -> s
    11244.5417
    """
    positive(duration=duration, distance=distance, target=target)
    time, first, second = (np.asarray(value, dtype=np.float64) for value in (duration, distance, target))
    return answer(time / first * _weight(first) / _weight(second) * second)


def _weight(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    miles = distance / METRE_PER_MILE
    weight = 13.49681 - 0.048865 * miles + 2.438936 / miles**0.7905
    return np.where(weight > 0, weight, np.nan)
