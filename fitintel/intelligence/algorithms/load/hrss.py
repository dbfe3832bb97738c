"""Training impulse on the scale on which an hour at threshold is 100."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.heart_rate import impulse, reserve_share
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="hrss",
    version="1.0.0",
    inputs={"trimp": "a.u.", "hr_rest": "bpm", "hr_max": "bpm", "hr_threshold": "bpm"},
    output=("heart rate stress", "hours at threshold x 100"),
    source="Normalised training impulse, as in Elevate activity-computer.ts and GoldenCheetah TRIMP(100)",
    validity=Validity.USEFUL,
    limits=(
        "as good as the threshold heart rate: without one it is put at 85 % of the reserve, an estimate",
        "the limits of the training impulse hold: lag, heat and drift",
        "not the figure that other products call hrTSS: theirs is not published",
    ),
)
def hrss(
    trimp: Any, hr_rest: Any, hr_max: Any, hr_threshold: Any, *, sex: str = "male", estimated_at: float = 0.85
) -> Any:
    """Heart rate stress.

    `100 * TRIMP / TRIMP(60 min at hr_threshold)`; `trimp` [a.u.] must come from the same curve, heart rates [bpm].
    Scalars or arrays. A missing `hr_threshold` (None, NaN) is estimated. Raises DataError unless
    hr_rest < hr_threshold, hr_rest < hr_max.

    Parameters: `sex` of the curve: male, female, unknown; `estimated_at` [1] share of the reserve that stands for a
    missing threshold.

    >>> hrss(333, 60, 190, 163)
    239.088
    """
    rest, top, threshold = (np.asarray(hr, dtype=np.float64) for hr in (hr_rest, hr_max, hr_threshold))
    not_negative(trimp=trimp)
    if (threshold <= rest).any():
        raise DataError("the threshold heart rate must lie above the resting one", next="correct the threshold")
    share = reserve_share(threshold, rest, top)
    hour = 60.0 * impulse(np.where(np.isnan(share), estimated_at, share), sex)
    return answer(100.0 * np.asarray(trimp, dtype=np.float64) / hour)
