"""Whether a series rises or falls, when neighbouring values are alike."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence import slopes
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative


@algorithm(
    id="mann_kendall_hamed_rao",
    version="1.0.0",
    title="Mann-Kendall, Hamed-Rao variance",
    inputs={"x": "any"},
    output=("sum of signs, its variance, z and p", "1"),
    source="Hamed & Rao 1998, J Hydrol 204:182-196; at most three lags and never a narrower variance",
    validity=Validity.USEFUL,
    limits=(
        "with all lags a seasonal series shrinks the variance many times and makes a trend of nothing",
        "never on rolling means; take out the season first",
        "below 10 values a p-value is not worth saying: `enough` is false",
    ),
)
def mann_kendall_hamed_rao(x: Any, *, lags: int | None = 3, floor: float = 1.0) -> dict[str, Any]:
    """Mann-Kendall, autocorrelation allowed for.

    The variance of S times `1 + 2 / (n(n-1)(n-2)) sum (n-k)(n-k-1)(n-k-2) rho_k` over the significant (5 %) rank
    autocorrelations rho_k of the series without its Theil-Sen slope. `x` (n,) in order of time, missing ones left out
    of the test but not of the slope. Raises DataError for a negative parameter.

    Parameters: `lags` [steps] at most, None for all of them; `floor` [1] least factor, 0 for the published form.
    Returns `s`, `var_s`, `z`, `p`, `n`, `enough` (10 values); z and p are None below two values.
    Hamed & Rao 1998, J Hydrol 204:182.

    >>> found = mann_kendall_hamed_rao([5, 6, 8, 7, 9, 11, 10, 12, 13, 14])  # any unit
    >>> found["s"], round(found["p"], 5)
    (41.0, 0.00035)
    """
    not_negative(lags=lags, floor=floor)
    series = row(x, "x")
    n = int(np.isfinite(series).sum())
    found: dict[str, Any] = {"s": 0.0, "var_s": 0.0, "z": None, "p": None}
    if n > 1:
        found = dict(slopes.mann_kendall(series, lags=n if lags is None else lags, floor=floor))
    return {**found, "n": n, "enough": n >= slopes.ENOUGH}
