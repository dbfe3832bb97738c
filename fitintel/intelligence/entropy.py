"""Shannon entropy: how evenly shares are spread."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def nats(shares: Any) -> Floats:
    """`-sum(p ln p)` along the last axis, 0 ln 0 = 0; NaN where a share is.

    >>> float(nats([0.5, 0.5, 0.0]))
    0.693147
    """
    shares = np.asarray(shares, dtype=np.float64)
    # a share of 0 gives log 1
    terms = shares * np.log(np.where(shares == 0, 1.0, shares))
    return 0.0 - np.asarray(terms.sum(axis=-1))
