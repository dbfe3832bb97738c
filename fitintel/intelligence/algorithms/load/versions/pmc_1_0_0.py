"""Performance management chart: load smoothed slowly and quickly, and their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="pmc",
    version="1.0.0",
    inputs={"daily_load": "daily_load"},
    output=("CTL, ATL and TSB per day", "unit of the load per day"),
    source="Exponential smoothing with k = 1 - exp(-1/N), 42 and 7 days, TSB from the day before, as in GoldenCheetah "
    "PMCData.cpp",
    validity=Validity.USEFUL,
    limits=(
        "CTL is smoothed load, not fitness; limits such as -30 or +25 for TSB have no evidence",
        "it begins at zero: the first 42 days are marked `warming_up` and are too low",
        "products that use k = 1/N give up to 1.2 % other CTL and up to 7 % other ATL",
        "compare with values of the same load method only",
    ),
)
def pmc(daily_load: Mapping[str, Any], *, ctl_days: float = 42.0, atl_days: float = 7.0) -> dict[str, Any]:
    """Performance management chart.

    `CTL_d = CTL_{d-1} + k (load_d - CTL_{d-1})`; TSB is yesterday's CTL less yesterday's ATL: the form the athlete
    comes into the day with, 0 on the first day.

    Parameters: `ctl_days`, `atl_days` [d] time constants.
    Returns `day` int64[n], `ctl`, `atl`, `tsb`, `warming_up` (0 or 1) float64[n].

    >>> found = pmc({"day": np.arange(42), "load": np.full(42, 100.0)})
    >>> float(found["ctl"][-1]), float(found["tsb"][0])
    (63.212, 0.0)
    """
    load = np.asarray(daily_load["load"], dtype=np.float64)
    ctl, atl = _smooth(load, ctl_days), _smooth(load, atl_days)
    tsb = np.zeros(len(load))
    tsb[1:] = ctl[:-1] - atl[:-1]
    return {
        "day": np.asarray(daily_load["day"], dtype=np.int64),
        "ctl": ctl,
        "atl": atl,
        "tsb": tsb,
        "warming_up": (np.arange(len(load)) < ctl_days).astype(np.float64),
    }


def _smooth(load: NDArray[np.float64], days: float) -> NDArray[np.float64]:
    k = float(-np.expm1(-1.0 / days))
    level, levels = 0.0, []
    for value in load.tolist():  # a recursion over days: plain floats are faster here than arrays of one
        level += k * (value - level)
        levels.append(level)
    return np.array(levels, dtype=np.float64)
