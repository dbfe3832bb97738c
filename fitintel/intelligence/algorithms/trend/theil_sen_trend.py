"""Trend of a weekly series."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.slopes import mann_kendall, pairwise_slopes, persistence_inflation

_EMPTY = {"slope": None, "low": None, "high": None, "p": None, "per_4_weeks": None, "relative": None}


@algorithm(
    id="theil_sen_trend", version="2.0.0", title="Trend",
    changed="the interval is widened for as long as weeks hang together, where 1.0.0 looked three weeks back",
    inputs={"values": "any, one per week"}, output=("slope", "unit of the values per week"),
    source="Sen 1968, J Am Stat Assoc 63:1379; Hamed & Rao 1998, J Hydrol 204:182; "
           "Marriott & Pope 1954, Biometrika 41:390; equivalence by interval inclusion",
    validity=Validity.USEFUL,
    limits=("a season inside the window looks like a trend", "a straight slope hides a sudden change",
            "weeks must not overlap: never give it rolling means"),
)  # fmt: skip
def theil_sen_trend(
    values: Any, *, confidence: float = 0.9, band: float = 0.05, minimum: int = 10, persistent: bool = True
) -> dict[str, Any]:
    """Theil-Sen slope of weekly values with its interval, and what may be said of it.

    Parameters: `values` (n,) in order of weeks, NaN where a week is missing; `confidence` of the interval; `band`, the
    change per 4 weeks, as a share of the median week, below which a series counts as steady; `minimum` number of weeks;
    `persistent`, whether the interval is widened for weeks that hang together (`slopes.persistence_inflation`).

    Returns `slope`, `low`, `high` [unit/week], Mann-Kendall `p`, `n`, `per_4_weeks` [unit], `relative` (that as a share
    of the median week, None where it is 0) and `verdict`: `plateau` when the whole interval lies within the band, else
    `improving` or `declining` (rising or falling) when it excludes 0, else `uncertain`; `insufficient` below `minimum`.

    >>> theil_sen_trend([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])["verdict"]
    'improving'
    """
    series = np.array(values, dtype=float).reshape(-1)
    series[~np.isfinite(series)] = np.nan
    n = int(np.isfinite(series).sum())
    if n < max(minimum, 4):
        return {**_EMPTY, "n": n, "verdict": "insufficient"}
    slopes = pairwise_slopes(series)
    test = mann_kendall(series, inflation=persistence_inflation(series) if persistent else 1.0)
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(test["var_s"])
    last = len(slopes) - 1
    low = float(slopes[max(0, round((last + 1 - reach) / 2) - 1)])
    high = float(slopes[min(last, round((last + 1 + reach) / 2))])
    slope = float(np.median(slopes))
    level = float(np.nanmedian(series))
    allowed = band * abs(level) / 4
    if -allowed <= low and high <= allowed:
        verdict = "plateau"
    elif low > 0 or high < 0:
        verdict = "improving" if low > 0 else "declining"
    else:
        verdict = "uncertain"
    return {
        "slope": slope, "low": low, "high": high, "p": test["p"], "n": n, "per_4_weeks": 4 * slope,
        "relative": 4 * slope / level if level else None, "verdict": verdict,
    }  # fmt: skip
