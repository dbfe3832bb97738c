"""Forecasts of a series from every origin at once, for a whole grid of parameters in one pass.

Shapes: `values` (n,) in order of time, NaN where missing; a forecast is (n, horizon): row t holds what is said of
t+1 ... t+horizon from values[0 .. t] alone, NaN where that past is too short. No function looks ahead, so a row never
changes when later values do: that is what makes an exact rolling-origin back-test cost one pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SMOOTHING = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""smoothing constants tried for the level"""


def last_known(values: Array) -> Array:
    """Each value, or the last one known where it is missing.

    >>> last_known(np.array([np.nan, 2.0, np.nan, 3.0]))
    array([nan,  2.,  2.,  3.])
    """
    place = np.maximum.accumulate(np.where(np.isfinite(values), np.arange(len(values)), 0))
    return values[place]


def naive(values: Array, horizon: int) -> Array:
    """The last known value."""
    return np.repeat(last_known(values)[:, None], horizon, axis=1)


def seasonal_naive(values: Array, horizon: int, *, period: int) -> Array:
    """The value one period earlier; `horizon` must not exceed `period`."""
    forecast = np.full((len(values), horizon), np.nan)
    for h in range(1, horizon + 1):
        first = period - h
        forecast[first:, h - 1] = values[: max(0, len(values) - first)]
    return forecast


def drift(values: Array, horizon: int) -> Array:
    """The last known value, carried on along the line from the first one."""
    known = last_known(values)
    start = int(np.argmax(np.isfinite(values))) if len(values) else 0
    steps = np.maximum(np.arange(len(values)) - start, 1)
    slope = (known - (values[start] if len(values) else np.nan)) / steps
    return known[:, None] + slope[:, None] * np.arange(1, horizon + 1)


def rolling_mean(values: Array, horizon: int, *, window: int, period: int = 1) -> Array:
    """Mean of the known ones among the last `window` values of the same phase (period 1: of all)."""
    known = np.isfinite(values)
    total = _lagged_sum(np.where(known, values, 0.0), window, period)
    count = _lagged_sum(known.astype(float), window, period)
    mean = np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
    if period == 1:
        return np.repeat(mean[:, None], horizon, axis=1)
    return seasonal_naive(mean, horizon, period=period)


def _lagged_sum(values: Array, window: int, period: int) -> Array:
    total = values.copy()
    for k in range(1, window):
        total[k * period :] += values[: max(0, len(values) - k * period)]
    return total


def filter_damped(values: Array, alpha: Array, beta: Array, phi: Array) -> tuple[Array, Array, Array]:
    """Exponential smoothing with a damped trend, ETS(A,Ad,N), for a grid of g parameter sets at once.

    Returns `level` and `trend` after each value, and `ahead`, the forecast of each value one step before; all (n, g).
    `beta` is the share of the level's correction that goes into the trend; 0 gives simple exponential smoothing.
    A missing value leaves the state where its own forecast puts it. The state starts at the first known value, flat,
    so `ahead` is NaN up to it.
    Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, ch. 2.
    """
    n, g = len(values), len(alpha)
    levels, trends, aheads = np.empty((n, g)), np.empty((n, g)), np.empty((n, g))
    level, trend = np.full(g, np.nan), np.zeros(g)
    gain = alpha * beta
    started = False
    for t, value in enumerate(values.tolist()):
        trend = trend * phi
        level = level + trend
        aheads[t] = level
        if value == value and not started:  # NaN is not equal to itself
            level, started = np.full(g, value), True
        elif value == value:
            error = value - level
            level = level + alpha * error
            trend = trend + gain * error
        levels[t], trends[t] = level, trend
    return levels, trends, aheads


def filter_seasonal(values: Array, alpha: Array, gamma: Array, *, period: int) -> tuple[Array, Array, Array]:
    """Exponential smoothing with an additive season, ETS(A,N,A), for a grid of g parameter sets at once.

    Returns `level` (n, g), `season` (n, g), the seasonal term of each time's own phase after its value, and `ahead`
    (n, g). The state starts from the first period: its mean, and the deviations from it (0 where missing).
    """
    n, g = len(values), len(alpha)
    levels, aheads = np.empty((n, g)), np.empty((n, g))
    seasons = np.zeros((n + period, g))
    head = values[:period]
    known = head[np.isfinite(head)]
    centre = float(known.mean()) if len(known) else 0.0
    seasons[: len(head)] = np.where(np.isfinite(head), head - centre, 0.0)[:, None]
    level = np.full(g, centre)
    for t, value in enumerate(values.tolist()):
        ahead = level + seasons[t]
        aheads[t] = ahead
        if value == value:
            error = value - ahead
            level = level + alpha * error
            seasons[t + period] = seasons[t] + gamma * error
        else:
            seasons[t + period] = seasons[t]
        levels[t] = level
    return levels, seasons[period:], aheads


def best_so_far(values: Array, ahead: Array) -> Array:
    """For each origin, the column of `ahead` (n, g) with the least absolute one-step error so far; first of equals."""
    error = np.abs(values[:, None] - ahead)
    best: Array = np.argmin(np.cumsum(np.where(np.isfinite(error), error, 0.0), axis=0), axis=1)
    return best


def simple_smoothing(values: Array, horizon: int) -> Array:
    """Simple exponential smoothing, its constant chosen anew at each origin."""
    alpha = np.array(SMOOTHING)
    level, _, ahead = filter_damped(values, alpha, np.zeros_like(alpha), np.ones_like(alpha))
    chosen = best_so_far(values, ahead)
    return np.repeat(level[np.arange(len(values)), chosen][:, None], horizon, axis=1)


def damped_trend(values: Array, horizon: int) -> Array:
    """ETS(A,Ad,N), its three constants chosen anew at each origin."""
    grid = np.array([(a, b, p) for a in SMOOTHING[1::2] for b in (0.05, 0.15, 0.4) for p in (0.8, 0.9, 0.98)])
    alpha, beta, phi = grid.T
    level, trend, ahead = filter_damped(values, alpha, beta, phi)
    row, chosen = np.arange(len(values)), best_so_far(values, ahead)
    reach = np.cumsum(phi[chosen][:, None] ** np.arange(1, horizon + 1), axis=1)
    forecast: Array = level[row, chosen][:, None] + reach * trend[row, chosen][:, None]
    return forecast


def theta(values: Array, horizon: int) -> Array:
    """The Theta method: simple exponential smoothing with half the slope of the least-squares line as drift.

    Assimakopoulos & Nikolopoulos 2000, Int J Forecast 16:521, in the form of Hyndman & Billah 2003, 19:287.
    """
    alpha = np.array(SMOOTHING)
    level, _, ahead = filter_damped(values, alpha, np.zeros_like(alpha), np.ones_like(alpha))
    chosen = best_so_far(values, ahead)
    a = alpha[chosen]
    length = np.arange(1, len(values) + 1)
    start = (1 - (1 - a) ** length) / a
    steps = np.arange(horizon)[None, :] + start[:, None]
    forecast: Array = level[np.arange(len(values)), chosen][:, None] + 0.5 * line_slope(values)[:, None] * steps
    return forecast


def line_slope(values: Array) -> Array:
    """Slope of the least-squares line through values[0 .. t], for each t; 0 with fewer than two known values."""
    known = np.isfinite(values)
    y, x, w = np.where(known, values, 0.0), np.arange(len(values), dtype=float), known.astype(float)
    n, sx, sy = np.cumsum(w), np.cumsum(w * x), np.cumsum(y)
    sxx, sxy = np.cumsum(w * x * x), np.cumsum(x * y)
    spread = n * sxx - sx * sx
    slope: Array = np.divide(n * sxy - sx * sy, spread, out=np.zeros(len(values)), where=spread > 0)
    return slope


def seasonal_smoothing(values: Array, horizon: int, *, period: int) -> Array:
    """ETS(A,N,A), its two constants chosen anew at each origin; `horizon` must not exceed `period`."""
    grid = np.array([(a, c) for a in (0.01, 0.03, 0.07, 0.15, 0.3) for c in (0.02, 0.05, 0.1, 0.2)])
    alpha, gamma = grid.T
    level, season, ahead = filter_seasonal(values, alpha, gamma, period=period)
    row, chosen = np.arange(len(values)), best_so_far(values, ahead)
    forecast = np.full((len(values), horizon), np.nan)
    for h in range(1, horizon + 1):
        lag = period - h
        forecast[lag:, h - 1] = level[row[lag:], chosen[lag:]] + season[row[lag:] - lag, chosen[lag:]]
    # the state was started from the whole first period
    forecast[: period - 1] = np.nan
    return forecast
