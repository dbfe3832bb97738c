"""Beat-to-beat variability of the heart."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.beats import root_mean_square, successive_differences
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="rmssd",
    version="1.0.0",
    inputs={"rr": "ms"},
    output=("RMSSD", "ms"),
    source="Task Force of the ESC and NASPE 1996, Circulation 93:1043-1065",
    validity=Validity.HIGH,
    limits=(
        "one wrong beat can double it: clean the intervals first, and refuse a recording with more than 5 % dropped",
        "needs at least 60 s at rest; night and morning values are two different baselines",
        "apps rescale it: never pool vendors",
    ),
)
def rmssd(rr: Any) -> Any:
    """Root mean square of successive differences.

    `sqrt(mean(diff(rr)^2))`; `rr` intervals between beats [ms], (n,) or (recordings, n). A dropped beat is NaN, and no
    difference is taken across it. Undefined without two beats in a row. Raises DataError for an interval that is not
    above zero.

    >>> rmssd([800, 810, 790, 805, 795])  # ms
    14.361
    """
    return answer(root_mean_square(successive_differences(rr)))
