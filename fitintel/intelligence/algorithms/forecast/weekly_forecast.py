"""Forecast of the next weeks."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence import local_level, smoothing
from fitintel.intelligence.outlook import outlook, regular
from fitintel.intelligence.registry import algorithm

YEAR = 52
FIRST_TEST = 16


@algorithm(
    id="weekly_forecast", version="2.0.0", title="Weekly forecast",
    changed="the local level is among the models, and the interval follows misses faster (gamma 0.05 for 0.02)",
    inputs={"week": "day number of the Monday", "values": "any total or level per week, not negative"},
    output=("mean", "unit of the values"),
    source="Hyndman & Athanasopoulos 2021, Forecasting: principles and practice; Assimakopoulos & Nikolopoulos 2000, "
           "Int J Forecast 16:521; Durbin & Koopman 2012, Time Series Analysis by State Space Methods, ch. 2; "
           "Gibbs & Candes 2021, NeurIPS 34; Hyndman & Koehler 2006, Int J Forecast 22:679",
    validity=Validity.USEFUL,
    limits=("it knows the past weeks only: no plan, no race, no holiday",
            "the interval keeps its promise in the long run for one athlete, not for every single week",
            "overlapping tests make the interval of the achieved coverage narrower than it should be"),
)  # fmt: skip
def weekly_forecast(
    week: Any, values: Any, *, horizon: int = 4, nominal: float = 0.8, gamma: float = 0.05, window: int = 104
) -> dict[str, Any]:
    """Totals of the next weeks (or the level at their ends) by the model that has forecast this athlete best, with an
    interval.

    Parameters: `week` (n,) consecutive Mondays [day number]; `values` (n,) totals, NaN where missing; `horizon` in
    weeks; `nominal` coverage of the interval; `gamma`, step of adaptive conformal inference; `window`, how many past
    errors make the interval.

    Candidates: last week, the same week last year, drift, mean of 13 weeks, simple exponential smoothing, damped
    trend, Theta, local level. Each is tested from every week with 16 (with two years of history: 52) weeks before it,
    and the choice at each test uses only what was known then.

    Returns what `fitintel.intelligence.outlook.outlook` describes, with `week` (horizon,) as the key of time.

    >>> weekly_forecast([20000, 20007], [1.0, 2.0])["verdict"]
    'insufficient'
    """
    start, series = regular(week, values, step=7)
    candidates = {
        "naive": smoothing.naive(series, horizon),
        "seasonal naive": smoothing.seasonal_naive(series, horizon, period=YEAR),
        "drift": smoothing.drift(series, horizon),
        "mean": smoothing.rolling_mean(series, horizon, window=13),
        "simple smoothing": smoothing.simple_smoothing(series, horizon),
        "damped trend": smoothing.damped_trend(series, horizon),
        "theta": smoothing.theta(series, horizon),
        "local level": local_level.from_every_origin(series, horizon),
    }
    initial = YEAR if len(series) >= 2 * YEAR else FIRST_TEST
    ahead = start + 7 * (len(series) + np.arange(horizon))
    said = outlook(series, candidates, initial=initial, nominal=nominal, gamma=gamma, window=window)
    return {"week": ahead[: len(said["mean"])], **said}
