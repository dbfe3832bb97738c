"""Forecast of the next seven days."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence import smoothing
from fitintel.intelligence.outlook import outlook, regular
from fitintel.intelligence.registry import algorithm

WEEK = 7
FIRST_TEST = 8 * WEEK


@algorithm(
    id="daily_forecast", version="1.0.0", title="Daily forecast",
    inputs={"day": "day number", "values": "any total per day, not negative"},
    output=("mean", "unit of the values"),
    source="Hyndman & Athanasopoulos 2021, Forecasting: principles and practice; Gibbs & Candes 2021, NeurIPS 34; "
           "Hyndman & Koehler 2006, Int J Forecast 22:679",
    validity=Validity.ROUGH,
    limits=("a day is mostly all or nothing: the mean of rest days and training days is a day that seldom happens",
            "it knows the past days only: no plan, no race, no holiday",
            "the interval keeps its promise in the long run for one athlete, not for every single day"),
)  # fmt: skip
def daily_forecast(
    day: Any, values: Any, *, nominal: float = 0.8, gamma: float = 0.02, window: int = 182, recent: int = 1092
) -> dict[str, Any]:
    """Expected totals of the next seven days, weekday by weekday, with an interval.

    Parameters: `day` (n,) consecutive day numbers; `values` (n,) totals, 0 on a rest day, NaN where missing; `nominal`,
    `gamma`, `window`: as in `weekly_forecast`; `recent`, how many days back are looked at.

    Candidates: yesterday, the same weekday last week, mean of 28 days, mean of 8 same weekdays, exponential smoothing
    with a weekday term.

    Returns what `fitintel.intelligence.outlook.outlook` describes, with `day` (7,) as the key of time.

    >>> daily_forecast([20000, 20001], [1.0, 0.0])["verdict"]
    'insufficient'
    """
    start, series = regular(day, values, step=1)
    dropped = max(0, len(series) - recent)
    start, series = start + dropped, series[dropped:]
    candidates = {
        "naive": smoothing.naive(series, WEEK),
        "seasonal naive": smoothing.seasonal_naive(series, WEEK, period=WEEK),
        "mean": smoothing.rolling_mean(series, WEEK, window=28),
        "weekday mean": smoothing.rolling_mean(series, WEEK, window=8, period=WEEK),
        "weekday smoothing": smoothing.seasonal_smoothing(series, WEEK, period=WEEK),
    }
    ahead = start + len(series) + np.arange(WEEK)
    said = outlook(series, candidates, initial=FIRST_TEST, nominal=nominal, gamma=gamma, window=window)
    return {"day": ahead[: len(said["mean"])], **said}
