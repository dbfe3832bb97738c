"""Load of the last days against load of the last weeks, both exponentially weighted."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.acute_chronic import days_known, ratio
from fitintel.intelligence.daily_smoothing import MOST_MISSING, completed, missing_share
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="acwr_ewma",
    version="1.0.0",
    inputs={"daily_loads": "load per day"},
    output=("acute and chronic load, and their ratio", "unit of the load per day; 1"),
    source="Williams et al. 2017, Br J Sports Med 51:209-210: lambda = 2 / (N + 1), N = 7 and 28, from the first day",
    validity=Validity.ROUGH,
    limits=(
        "a description of change, not of risk: it predicts injury no better than chance ratios do (Impellizzeri 2021)",
        "no range of it is safe: the band 0.8-1.3 has no support where load is continuous",
        "its constants last 3.5 and 14 days: not comparable with ATL and CTL (7 and 42)",
        "undefined before four weeks of history, and after a break: when the chronic load is below a tenth of the "
        "year's median",
    ),
)
def acwr_ewma(
    daily_loads: Any, *, lambda_acute: float = 0.25, lambda_chronic: float = 2 / 29, min_history_days: int = 28,
    least_share: float = 0.1,
) -> dict[str, Any]:  # fmt: skip
    """Load change, exponentially weighted.

    `E_d = lambda load_d + (1 - lambda) E_{d-1}`, from the first day's load; the ratio is acute over chronic on the last
    day. `daily_loads` (n,), or (athletes, n), one value a calendar day, rest days 0, NaN for a day that is not known:
    it is given what its weekday usually held. Raises DataError for a negative load.

    Parameters: `lambda_acute`, `lambda_chronic` [1]; `min_history_days` [d]; `least_share` [1] of the median chronic
    load of the last 365 days, below which nothing is said.
    Returns `acute`, `chronic` [load per day] and `ratio` [1], None or NaN where undefined, also when more than a
    quarter of the last `min_history_days` are missing.

    >>> found = acwr_ewma([30] * 21 + [50] * 7)  # a.u. per day
    >>> round(found["acute"], 1), round(found["chronic"], 1), round(found["ratio"], 2)
    (47.3, 37.9, 1.25)
    """
    load, history = days_known(daily_loads)
    n = load.shape[-1]
    if not n:
        nothing = np.full(load.shape[:-1], np.nan)
        return ratio(nothing, nothing, meant=False)
    first = np.expand_dims(n - np.maximum(history, 1), -1)
    seed = np.take_along_axis(load, first, axis=-1)
    filled, missing = completed(load)
    filled = np.where(np.arange(n) < first, seed, filled)
    acute = decayed(filled, 1 - lambda_acute, lambda_acute, seed[..., 0])[..., -1]
    slow = decayed(filled, 1 - lambda_chronic, lambda_chronic, seed[..., 0])
    chronic = slow[..., -1]
    gaps = missing_share(missing, max(1, min_history_days))[..., -1]
    meant = (history >= min_history_days) & (gaps <= MOST_MISSING)
    return ratio(acute, chronic, meant & (chronic >= least_share * np.median(slow[..., -365:], axis=-1)))
