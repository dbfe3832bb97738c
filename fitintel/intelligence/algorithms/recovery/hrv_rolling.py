"""Mean and spread of a week of heart rate variability."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.beats import mean_and_sd
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="hrv_rolling",
    version="1.0.0",
    inputs={"ln_rmssd_7d": "ln ms"},
    output=("mean, SD and coefficient of variation", "ln ms; %"),
    source="Plews et al. 2013, Sports Med 43:773; at least three readings, Plews et al. 2014, Int J Sports Physiol "
    "Perform 9:783-790",
    validity=Validity.USEFUL,
    limits=(
        "a mean of three readings is as wide as it sounds",
        "a low coefficient of variation can mean rest as well as fatigue",
        "never mix devices, postures or times of day in one week",
    ),
)
def hrv_rolling(ln_rmssd_7d: Any, *, least: int = 3) -> dict[str, Any]:
    """Weekly heart rate variability.

    Mean, sample SD (n - 1) and `cv_percent = 100 SD / mean` of the readings of the last seven days, `ln_rmssd_7d`
    [ln ms] (7,) or (athletes, 7), NaN for a day without one.

    Parameters: `least` [1] valid readings, below which all are undefined.
    Returns `mean`, `sd` [ln ms], `cv_percent` [%], and `n` valid readings.

    >>> hrv_rolling([4.1, 4.0, 4.2, None, None, None, None])
    {'mean': 4.1, 'sd': 0.1, 'cv_percent': 2.439, 'n': 3.0}
    """
    mean, sd, n = mean_and_sd(ln_rmssd_7d)
    mean, sd = np.where(n >= least, mean, np.nan), np.where(n >= least, sd, np.nan)
    return {"mean": answer(mean), "sd": answer(sd), "cv_percent": answer(100.0 * divided(sd, mean)), "n": answer(n)}
