"""Daily load smoothed quickly."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.daily_smoothing import gain, smoothed
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="pmc_atl",
    version="1.0.0",
    inputs={"load": "load per day"},
    output=("ATL per day", "unit of the load per day"),
    source="Exponential smoothing with k = 1 - exp(-1/N), N = 7 days, as in GoldenCheetah PMCData.cpp",
    validity=Validity.USEFUL,
    limits=(
        "smoothed load of about a week: a description of training done",
        "it begins at `start`: too low for the first `days` days where that is 0",
        "with k = 1/N it differs by up to 7 % while the load changes",
        "compare with values of the same load method only",
    ),
)
def pmc_atl(load: Any, *, days: float = 7.0, start: float = 0.0, kind: str = "exponential") -> Any:
    """Acute training load.

    `y_d = y_{d-1} + k (load_d - y_{d-1})`; `load` (n,), or (athletes, n) for many at once, one value a day. A missing
    day (NaN) is filled in by the median of its weekday in the eight weeks before it; NaN where more than a quarter of
    the last `days` days are missing. float32 loads give float32 results.

    Parameters: `days` [d] time constant N; `start` [load per day] value before the first day; `kind` exponential for
    k = 1 - exp(-1/N), reciprocal for k = 1/N. Returns the smoothed load of each day, in the shape of `load`.

    >>> float(pmc_atl([100.0] * 42)[-1])  # load per day
    99.752
    """
    return smoothed(load, (gain(days, kind), start), window=round(days))[0]
