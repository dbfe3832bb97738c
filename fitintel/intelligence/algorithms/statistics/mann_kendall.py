"""Whether a series rises or falls, whatever its shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence import slopes
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="mann_kendall",
    version="1.0.0",
    inputs={"x": "any"},
    output=("sum of signs, its variance, z and p", "1"),
    source="Mann 1945, Econometrica 13:245-259; Kendall 1975, Rank Correlation Methods; variance with ties",
    validity=Validity.USEFUL,
    limits=(
        "takes values as independent: runs of good and bad weeks make it far too sure (mann_kendall_hamed_rao)",
        "never on rolling means; take out the season first",
        "below 10 values a p-value is not worth saying: `enough` is false",
    ),
)
def mann_kendall(x: Any) -> dict[str, Any]:
    """Mann-Kendall test.

    `S = sum of sign(x_j - x_i), i < j`; `var = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18` over ties of t values;
    `z = (S -+ 1) / sqrt(var)`, p two-sided. O(n log n). `x` (n,) in order of time, missing ones left out.

    Returns `s`, `var_s`, `z`, `p`, `n`, `enough` (10 values); z and p are None below two values.
    Mann 1945, Econometrica 13:245.

    >>> found = mann_kendall([5, 6, 8, 7, 9, 11, 10, 12, 13, 14])  # any unit
    >>> found["s"], round(found["z"], 3)
    (41.0, 3.578)
    """
    series = row(x, "x")
    n = int(np.isfinite(series).sum())
    found = slopes.mann_kendall(series) if n > 1 else {"s": 0.0, "var_s": 0.0, "z": None, "p": None}
    return {**found, "n": n, "enough": n >= slopes.ENOUGH}
