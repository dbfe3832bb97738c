"""What badly measured workouts leave open in smoothed load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.daily_smoothing import gain
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="pmc_interval",
    version="1.0.0",
    inputs={"intervals": "load_interval", "day": "day number"},
    output=("half-widths of CTL, ATL and TSB on a day", "unit of the load per day"),
    source="Smoothing is linear: the weight of each workout times its half-width, added up (triangle inequality)",
    validity=Validity.USEFUL,
    limits=(
        "the widest that the errors allow, whatever they have in common: errors that differ from workout to workout "
        "partly cancel, those of one sensor do not",
        "errors of measurement only: not of thresholds, methods, or workouts that were never recorded",
    ),
)
def pmc_interval(
    intervals: Mapping[str, Any], day: int, *, ctl_days: float = 42.0, atl_days: float = 7.0, kind: str = "exponential"
) -> dict[str, Any]:
    """Interval of smoothed load.

    CTL is `sum k (1-k)^age load`, so its half-width is `sum k (1-k)^age half`; TSB is the balance of the day before,
    its half-width `sum |difference of both weights| half`. `intervals` holds `day` and `half` of each workout; later
    workouts are not seen.

    Parameters: `ctl_days`, `atl_days` [d] time constants; `kind` exponential or reciprocal, as in pmc.
    Returns `ctl`, `atl`, `tsb`, half-widths [unit of the load per day].

    >>> found = pmc_interval({"day": np.array([9, 10]), "half": np.array([10.0, 10.0])}, 10)
    >>> round(found["ctl"], 3), round(found["atl"], 3), round(found["tsb"], 3)
    (0.465, 2.485, 1.096)
    """
    days = np.asarray(intervals["day"], dtype=np.int64)
    age = (int(day) - days[days <= day]).astype(np.float64)
    half = np.asarray(intervals["half"], dtype=np.float64)[days <= day]
    slow, fast = gain(ctl_days, kind), gain(atl_days, kind)
    chronic, acute = slow * (1.0 - slow) ** age, fast * (1.0 - fast) ** age
    yesterday = age >= 1.0
    balance = np.abs(chronic / (1.0 - slow) - acute / (1.0 - fast))[yesterday]
    return {
        "ctl": float(np.sum(chronic * half)),
        "atl": float(np.sum(acute * half)),
        "tsb": float(np.sum(balance * half[yesterday])),
    }
