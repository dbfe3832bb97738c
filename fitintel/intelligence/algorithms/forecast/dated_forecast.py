"""Forecast of a capacity that is measured now and then: a threshold, or the index of races."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.errors import UsageError
from fitintel.intelligence.local_level import RATIOS
from fitintel.intelligence.outlook import SEASONAL_NAIVE, outlook
from fitintel.intelligence.registry import algorithm

Array = NDArray[Any]

FIRST_TEST = 3
YEAR, NEAR_YEAR = 365, 45
"""d. A value is that of last year if its day is this close to a year before."""
MONTH = 28.0
RECENT = 5


@algorithm(
    id="dated_forecast", version="1.0.0", title="Forecast of a capacity",
    inputs={"day": "day number", "values": "any capacity, above zero"}, output=("mean", "unit of the values"),
    source="Hyndman & Athanasopoulos 2021, Forecasting: principles and practice; Durbin & Koopman 2012, Time Series "
           "Analysis by State Space Methods, section 4.10 (uneven spacing); Gibbs & Candes 2021, NeurIPS 34",
    validity=Validity.ROUGH,
    limits=("tests and races of different protocols, courses and weather are not one series",
            "eleven dated values are needed before it says anything: few people have them",
            "it knows past values only: no training, no taper, no illness"),
)  # fmt: skip
def dated_forecast(
    day: Any, values: Any, *, ahead: int = 28, nominal: float = 0.8, gamma: float = 0.05, window: int = 52
) -> dict[str, Any]:
    """The value to be expected `ahead` days after the last one, by the model that has forecast this athlete best.

    Parameters: `day` (n,) day numbers in order, `values` (n,); `nominal`, `gamma`, `window`: as in `weekly_forecast`,
    a step being the next dated value.

    Candidates: the last value, that of a year before, drift from the first to the last, mean of 5, local level over
    time. Each forecast of a past value used earlier ones only.

    Returns what `fitintel.intelligence.outlook.outlook` describes, for one step, with `day` (1,) as the key of time.
    Raises UsageError for values that are not above zero or days out of order.

    >>> dated_forecast([20000, 20030], [3.6, 3.7])["verdict"]
    'insufficient'
    """
    days = np.asarray(day, dtype=np.int64).reshape(-1)
    series = np.array(values, dtype=float).reshape(-1)
    if len(days) != len(series) or (np.diff(days) < 0).any() or not (series > 0).all():
        raise UsageError("A capacity needs days in order and a value above zero for each",
                         why=f"{len(days)} days with {len(series)} values")  # fmt: skip
    if not len(series):
        days, series = np.zeros(1, dtype=np.int64), np.full(1, np.nan)
    target = np.append(days[1:], days[-1] + ahead)
    candidates = {
        "naive": series.copy(), SEASONAL_NAIVE: _last_year(days, series, target), "drift": _drift(days, series, target),
        "mean": np.array([series[max(0, n - RECENT + 1) : n + 1].mean() for n in range(len(series))]),
        "local level": _level(days, series),
    }  # fmt: skip
    said = outlook(series, {name: each[:, None] for name, each in candidates.items()}, initial=FIRST_TEST,
                   nominal=nominal, gamma=gamma, window=window)  # fmt: skip
    return {"day": target[-1:][: len(said["mean"])], **said}


def _last_year(day: Array, series: Array, target: Array) -> Array:
    found = np.full(len(series), np.nan)
    for n, until in enumerate(target.tolist()):
        away = np.abs(day[: n + 1] - (until - YEAR))
        if away.min() <= NEAR_YEAR:
            found[n] = series[int(away.argmin())]
    return found


def _drift(day: Array, series: Array, target: Array) -> Array:
    passed = np.maximum(day - day[0], 1)
    # by the logarithm: a capacity that falls stays above zero
    steps: Array = series * (series / series[0]) ** ((target - day) / passed)
    return np.where(day > day[0], steps, series)


def _level(day: Array, series: Array) -> Array:
    """Filtered level after each value; the level walks by the month, the most likely share of the walk so far."""
    level, variance = np.full(len(RATIOS), series[0]), 1 - RATIOS
    squares, logs = np.zeros(len(RATIOS)), np.zeros(len(RATIOS))
    said = [float(series[0])]
    for n in range(1, len(series)):
        variance = variance + RATIOS * (day[n] - day[n - 1]) / MONTH
        spread = np.maximum(variance + 1 - RATIOS, 1e-12)
        error = series[n] - level
        squares, logs = squares + error * error / spread, logs + np.log(spread)
        gain = variance / spread
        level, variance = level + gain * error, variance * (1 - gain)
        best = int(np.argmax(-n * np.log(np.maximum(squares / n, 1e-300)) - logs))
        said.append(float(level[best]))
    return np.array(said)
