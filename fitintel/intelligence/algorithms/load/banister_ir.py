"""Performance predicted from daily load by the impulse-response model with given weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.impulse_response import trace
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative


@algorithm(
    id="banister_ir",
    version="1.0.0",
    inputs={"daily_load": "load per day", "p0": "unit of the test", "k1": "1", "k2": "1"},
    output=("modelled performance and its two traces", "unit of the test; load"),
    source="Clarke & Skiba 2013, Adv Physiol Educ 37:134-152: the load of the day itself counts in full",
    validity=Validity.ROUGH,
    limits=(
        "a model with five parameters: other values fit past tests as well and predict otherwise",
        "the weights belong to one athlete, one load method and one test; there are no general ones",
        "papers that leave out the day's own load give other values",
        "every day must be known: a day without load is 0",
    ),
)
def banister_ir(daily_load: Any, p0: Any, k1: Any, k2: Any, *, tau1: float = 42.0, tau2: float = 7.0) -> dict[str, Any]:
    """Impulse-response model.

    `p_t = p0 + k1 g_t - k2 h_t` with `g_t = g_{t-1} exp(-1/tau1) + load_t`, and `h` likewise with `tau2`. `daily_load`
    (n,), or (athletes, n) with weights (athletes, 1). Raises DataError for a negative load.

    Parameters: `tau1`, `tau2` [d] time constants of the lasting and the passing effect.
    Returns `g`, `h` [load] and `p` [unit of the test], each in the shape of the load.

    >>> found = banister_ir([100.0] * 12, 500, 1, 2, tau1=27, tau2=10)
    >>> float(found["p"][1])  # second day
    315.397
    """
    load = np.asarray(daily_load, dtype=np.float64)
    not_negative(daily_load=load)
    weights = (np.asarray(value, dtype=np.float64) for value in (p0, k1, k2))
    g, h = trace(load, tau1), trace(load, tau2)
    base, gain, loss = weights
    return {"g": g, "h": h, "p": base + gain * g - loss * h}
