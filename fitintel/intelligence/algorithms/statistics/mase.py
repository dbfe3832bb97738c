"""Forecast error in units of the naive forecast's error."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.backtest import naive_scale
from fitintel.intelligence.known import matched, mean, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, positive


@algorithm(
    id="mase",
    version="1.0.0",
    inputs={"train": "any", "actual": "unit of train", "forecast": "unit of train"},
    output=("scaled error", "1"),
    source="Hyndman & Koehler 2006, Int J Forecast 22:679-688",
    validity=Validity.HIGH,
    limits=(
        "the yardstick is the past of this series: a calm past makes any error large",
        "below 1 beats a naive one-step forecast of the past, not the naive forecast of the same horizon",
    ),
)
def mase(train: Any, actual: Any, forecast: Any, *, m: int = 1) -> float | None:
    """Mean absolute scaled error.

    `mean|actual - forecast| / mean|train_t - train_(t-m)|`. Series (n,), (h,), (h,) in order of time; pairs with a
    missing one are left out. Raises DataError when `actual` and `forecast` differ in length, or `m` is below 1.

    Parameters: `m` [steps] season of the naive forecast, 1 for the last value.
    Returns None without a pair, or when `train` is constant or too short. Hyndman & Koehler 2006.

    >>> mase([10, 12, 11, 13], [14, 16], [15, 15])  # 1
    0.6
    """
    positive(m=m)
    past = row(train, "train")
    scale = float(naive_scale(past, period=m)[-1]) if len(past) else np.nan
    truth, said = matched(actual=row(actual, "actual"), forecast=row(forecast, "forecast"))
    return answer(divided(mean(np.abs(truth - said)), scale))  # type: ignore[no-any-return]
