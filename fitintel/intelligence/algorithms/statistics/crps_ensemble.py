"""Error of a forecast that is given as a set of possible values."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import mean, numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="crps_ensemble",
    version="1.0.0",
    inputs={"y": "any", "members": "unit of y"},
    output=("score", "unit of y"),
    source="Gneiting & Raftery 2007, J Am Stat Assoc 102:359-378: E|X - y| - E|X - X'| / 2",
    validity=Validity.HIGH,
    limits=(
        "few members make it too large: an ensemble of one scores its absolute error",
        "in the unit of the value: compare within one quantity",
    ),
)
def crps_ensemble(y: Any, members: Any) -> Any:
    """Ensemble CRPS.

    `mean|X - y| - mean|X - X'| / 2` over the members X: the absolute error, less credit for honest spread; 0 is
    perfect. `y` (...), `members` (..., m), missing members left out; O(m log m). Infinite numbers raise DataError.

    Returns None (NaN in an array) without a value or a member. Gneiting & Raftery 2007, J Am Stat Assoc 102:359.

    >>> crps_ensemble(10.0, [8.0, 12.0])  # km
    1.0
    """
    truth, drawn = numbers(y, "y"), np.sort(numbers(members, "members"), axis=-1)  # NaN last
    count = np.isfinite(drawn).sum(axis=-1)
    # of the sorted members, the i-th is the larger one in i pairs and the smaller one in the others
    lead = 2 * np.arange(drawn.shape[-1]) + 1 - np.expand_dims(count, -1)
    spread = divided(np.where(np.isnan(drawn), 0.0, lead * drawn).sum(axis=-1), count.astype(float) ** 2)
    return answer(mean(np.abs(drawn - np.expand_dims(truth, -1))) - spread)
