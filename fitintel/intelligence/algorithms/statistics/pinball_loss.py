"""Error of a forecast quantile."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import matched, mean
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, within


@algorithm(
    id="pinball_loss",
    version="1.0.0",
    inputs={"y": "any", "q": "unit of y"},
    output=("loss", "unit of y"),
    source="Koenker & Bassett 1978, Econometrica 46:33-50",
    validity=Validity.HIGH,
    limits=("in the unit of the value: compare within one quantity and one quantile",),
)
def pinball_loss(y: Any, q: Any, *, alpha: float = 0.5) -> Any:
    """Pinball loss.

    Mean along the last axis of `alpha (y - q)` where y is above q, else `(1 - alpha) (q - y)`. `y`, `q` (..., n), pairs
    with a missing one left out. Raises DataError for `alpha` outside 0 to 1.

    Parameters: `alpha` [1] the quantile that q stands for.
    Returns None (NaN for a row) without a pair. Koenker & Bassett 1978, Econometrica 46:33.

    >>> pinball_loss([1, 2, 3], [0, 2, 3], alpha=0.1)  # unit of y
    0.033333
    """
    within(0, 1, alpha=alpha)
    truth, said = matched(y=y, q=q)
    off = truth - said
    return answer(mean(np.maximum(alpha * off, (alpha - 1) * off)))
