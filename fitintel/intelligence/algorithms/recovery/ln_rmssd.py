"""Natural logarithm of the beat-to-beat variability."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.beats import root_mean_square, successive_differences
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="ln_rmssd",
    version="1.0.0",
    inputs={"rr": "ms"},
    output=("lnRMSSD", "ln ms"),
    source="Task Force of the ESC and NASPE 1996, Circulation 93:1043-1065; natural logarithm, as Plews et al. 2013, "
    "Sports Med 43:773",
    validity=Validity.HIGH,
    limits=(
        "varies by 10-20 % from day to day: one day alone says nothing, see the 7-day mean",
        "clean the intervals first; undefined when all intervals are equal",
        "apps show multiples of it (2 ln, or 0-100): never pool vendors",
    ),
)
def ln_rmssd(rr: Any) -> Any:
    """Logarithm of RMSSD.

    `ln(sqrt(mean(diff(rr)^2)))`, natural; `rr` intervals between beats [ms], (n,) or (recordings, n), a dropped beat
    NaN. Undefined without two beats in a row, or when RMSSD is 0. Raises DataError for an interval that is not above
    zero.

    >>> ln_rmssd([800, 810, 790, 805, 795])
    2.6645
    """
    value = root_mean_square(successive_differences(rr))
    return answer(np.log(np.where(value > 0, value, np.nan)))
