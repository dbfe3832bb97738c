"""Performance management chart: load smoothed slowly and quickly, and their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.daily_smoothing import gain, smoothed
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="pmc",
    version="1.1.0",
    changed="days that are not known are filled in and marked, where 1.0.0 gave nothing; start values and k = 1/N can "
    "be chosen; many athletes at once",
    inputs={"daily_load": "daily_load"},
    output=("CTL, ATL and TSB per day", "unit of the load per day"),
    source="Exponential smoothing with k = 1 - exp(-1/N), 42 and 7 days, TSB from the day before, as in GoldenCheetah "
    "PMCData.cpp",
    validity=Validity.USEFUL,
    limits=(
        "CTL is smoothed load, not fitness; limits such as -30 or +25 for TSB have no evidence",
        "it begins at zero unless start values are given: the first 42 days are marked `warming_up` and are too low",
        "products that use k = 1/N give up to 1.2 % other CTL and up to 7 % other ATL",
        "compare with values of the same load method only",
        "a day that is not known is given what its weekday usually held, and marked; more than a quarter of them in 42 "
        "days and nothing is said",
    ),
)
def pmc(
    daily_load: Mapping[str, Any], *, ctl_days: float = 42.0, atl_days: float = 7.0,
    ctl_start: float | None = None, atl_start: float | None = None, kind: str = "exponential",
) -> dict[str, Any]:  # fmt: skip
    """Performance management chart.

    `CTL_d = CTL_{d-1} + k (load_d - CTL_{d-1})`; TSB is yesterday's CTL less yesterday's ATL, the balance before the
    day's own training. `daily_load` holds `day` (n,) and `load` (n,), or (athletes, n) for many at once; a missing day
    (NaN) is filled in by the median of its weekday in the eight weeks before it.

    Parameters: `ctl_days`, `atl_days` [d] time constants; `ctl_start`, `atl_start` [load per day] values before the
    first day, 0 if not given; `kind` exponential for k = 1 - exp(-1/N), reciprocal for k = 1/N.
    Returns `day` int64[n]; `ctl`, `atl`, `tsb`, in the shape of the load; `warming_up` (0 or 1) float64[n]; `imputed`
    (true or false) in the shape of the load. float32 loads give float32 results.

    >>> found = pmc({"day": np.arange(42), "load": np.full(42, 100.0)})
    >>> float(found["ctl"][-1]), float(found["tsb"][0])
    (63.212, 0.0)
    """
    load = np.asarray(daily_load["load"])
    ctl, atl = smoothed(
        load, (gain(ctl_days, kind), ctl_start or 0.0), (gain(atl_days, kind), atl_start or 0.0), window=round(ctl_days)
    )
    tsb = np.empty_like(ctl)
    tsb[..., :1] = (ctl_start or 0.0) - (atl_start or 0.0)
    np.subtract(ctl[..., :-1], atl[..., :-1], out=tsb[..., 1:])
    started = ctl_start is not None
    return {
        "day": np.asarray(daily_load["day"], dtype=np.int64),
        "ctl": ctl,
        "atl": atl,
        "tsb": tsb,
        "warming_up": np.zeros(load.shape[-1])
        if started
        else (np.arange(load.shape[-1]) < ctl_days).astype(np.float64),
        "imputed": np.isnan(load),
    }
