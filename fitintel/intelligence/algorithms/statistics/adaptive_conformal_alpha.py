"""The miss rate that adaptive conformal intervals aim at, step by step."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.conformal import adapted
from fitintel.intelligence.known import labels
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, within


@algorithm(
    id="adaptive_conformal_alpha",
    version="1.0.0",
    inputs={"errors": "0/1, 1 = outside the interval"},
    output=("miss rate to aim at before each step and after the last", "1"),
    source="Gibbs & Candes 2021, NeurIPS 34: alpha_(t+1) = alpha_t + gamma (alpha - err_t), err = 1 on a miss",
    validity=Validity.HIGH,
    limits=(
        "err is 1 on a miss; with the sign reversed the intervals run away from the target",
        "the value may leave 0 to 1: below 0 the interval is everything, above 1 it is empty",
        "the long-run share of misses is right, not that of any one day",
    ),
)
def adaptive_conformal_alpha(errors: Any, *, alpha: float = 0.1, gamma: float = 0.05) -> Any:
    """Adaptive conformal miss rate.

    `a_1 = alpha`, `a_(t+1) = a_t + gamma (alpha - err_t)`: a miss lowers it, so that the next interval is wider.
    `errors` (..., n) in order of time, 1 where the value lay outside its interval, else 0; where it is missing nothing
    is learnt. Raises DataError for anything else.

    Parameters: `alpha` [1] target share of misses; `gamma` [1] step, usually 0.005 to 0.05.
    Returns (..., n + 1). Gibbs & Candes 2021, NeurIPS 34.

    >>> adaptive_conformal_alpha([0, 0, 1])  # shares
    array([0.1  , 0.105, 0.11 , 0.065])
    """
    within(0, 1, alpha=alpha)
    not_negative(gamma=gamma)
    misses = labels(errors, "errors")
    step = np.moveaxis(misses, -1, 0)
    start = np.full(step.shape[1:], float(alpha))

    def following(now: Any, miss: Any) -> Any:
        return np.where(np.isnan(miss), now, adapted(now, target=alpha, miss=miss, gamma=gamma))

    return np.moveaxis(np.array(list(accumulate(step, following, initial=start))), 0, -1)
