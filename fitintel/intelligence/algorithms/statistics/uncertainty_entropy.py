"""Which case a classifier is least sure of."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.entropy import nats
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import within


@algorithm(
    id="uncertainty_entropy",
    version="1.0.0",
    inputs={"proba": "1"},
    output=("entropy of each case, and the largest", "nat; index"),
    source="Shannon 1948; uncertainty sampling: Settles 2009, Active Learning Literature Survey",
    validity=Validity.HIGH,
    limits=(
        "asks for odd ones out: choose among groups of like cases, and rarely (two questions a week)",
        "a badly calibrated model is sure of what it gets wrong",
    ),
)
def uncertainty_entropy(proba: Any) -> dict[str, Any]:
    """Uncertainty by entropy.

    `-sum(p ln p)` of each row of `proba` (n, k), which adds up to 1; of equal ones the first is most uncertain. Raises
    DataError for rows that do not add up to 1 within 1e-6 or hold a number outside 0 to 1.

    Returns `entropy` (n,) [nat], NaN for a row with a missing number, and `most_uncertain`, None if there is none.
    Settles 2009.

    >>> uncertainty_entropy([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]])["most_uncertain"]  # index
    1
    """
    within(0, 1, proba=proba)
    shares = numbers(proba, "proba")
    if not shares.size:
        return {"entropy": np.array([]), "most_uncertain": None}
    total = shares.sum(axis=-1)
    if shares.ndim != 2 or (np.abs(total - 1) > 1e-6).any():
        raise DataError(
            f"proba has the shape {shares.shape}", why="rows of probabilities that add up to 1 are expected"
        )
    entropy = nats(shares)
    known = np.isfinite(entropy)
    # rounding must not choose between equal ones
    top = entropy >= np.max(entropy[known], initial=-1.0) - 1e-12
    return {"entropy": entropy, "most_uncertain": int(np.argmax(top)) if known.any() else None}
