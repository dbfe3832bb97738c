"""Band in which the weekly mean of heart rate variability usually lies."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.beats import mean_and_sd
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="hrv_swc_band",
    version="1.0.0",
    inputs={"baseline_ln_rmssd": "ln ms"},
    output=("smallest worthwhile change around the mean", "ln ms"),
    source="Plews et al. 2013, Sports Med 43:773: mean +- 0.5 SD of the baseline",
    validity=Validity.USEFUL,
    limits=(
        "half a standard deviation is a convention: a weekly mean lies outside it now and then without any cause",
        "the baseline is the 60 days before the last seven, at least 30 of them valid, of one device and one posture",
        "it shifts with the menstrual cycle, altitude and illness",
    ),
)
def hrv_swc_band(baseline_ln_rmssd: Any, *, k: float = 0.5, least: int = 30) -> dict[str, Any]:
    """Usual band of heart rate variability.

    `mean +- k SD` (n - 1) of the baseline's readings, `baseline_ln_rmssd` [ln ms] (n,) or (athletes, n), NaN for a day
    without one. Raises DataError for a negative `k`.

    Parameters: `k` [1]; `least` [1] valid readings, below which the band is undefined.
    Returns `lower`, `upper` [ln ms], and `mean`, `sd` [ln ms], `n` of the baseline.

    >>> found = hrv_swc_band([4.0, 4.1, 3.9] * 20)
    >>> round(found["lower"], 3), round(found["upper"], 3)
    (3.959, 4.041)
    """
    not_negative(k=k)
    mean, sd, n = mean_and_sd(baseline_ln_rmssd)
    mean, sd = np.where(n >= least, mean, np.nan), np.where(n >= least, sd, np.nan)
    return {"lower": answer(mean - k * sd), "upper": answer(mean + k * sd), "mean": answer(mean), "sd": answer(sd),
            "n": answer(n)}  # fmt: skip
