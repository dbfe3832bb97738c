"""Forecast error in percent of the values' own size, as in the M4 competition."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import matched, mean
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="smape_m4",
    version="1.0.0",
    title="sMAPE (M4)",
    inputs={"actual": "any", "forecast": "unit of actual"},
    output=("error", "%"),
    source="Makridakis, Spiliotis & Assimakopoulos 2020, Int J Forecast 36:54-74: 200 |y - f| / (|y| + |f|), 0/0 = 0",
    validity=Validity.ROUGH,
    limits=(
        "near zero it jumps to 200: rest days make it useless for daily load",
        "not symmetric: forecasting too low costs more",
        "other programs define it otherwise, by a factor of 2 and in what 0/0 is",
    ),
)
def smape_m4(actual: Any, forecast: Any) -> Any:
    """Symmetric mean absolute percentage error.

    Mean along the last axis of `200 |y - f| / (|y| + |f|)`, 0 where both are 0. Series (..., n), pairs with a missing
    one left out. Raises DataError when lengths differ.

    Returns None (NaN for a row) without a pair. Makridakis et al. 2020, Int J Forecast 36:54.

    >>> smape_m4([100, 0, 50], [110, 0, 40])  # %
    10.582011
    """
    truth, said = matched(actual=actual, forecast=forecast)
    size = np.abs(truth) + np.abs(said)
    return answer(mean(np.where(size == 0, 0.0, 200 * divided(np.abs(truth - said), size))))
