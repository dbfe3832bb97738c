"""Intervals from past errors alone: adaptive conformal prediction, and Wilson's interval for the coverage achieved."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def wilson_interval(successes: float, n: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """Interval for a proportion (Wilson 1927, J Am Stat Assoc 22:209).

    >>> wilson_interval(8, 10)
    (0.490162, 0.943318)
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    centre = (successes + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(successes * (n - successes) / n + z * z / 4)
    # exact at the ends, where rounding would leave 1e-17
    return (0.0 if successes <= 0 else centre - half), (1.0 if successes >= n else centre + half)


def adapted(alpha: float, *, target: float, miss: bool, gamma: float) -> float:
    """One step of adaptive conformal inference: a miss lowers alpha, so the next interval is wider.

    Gibbs & Candes 2021, NeurIPS 34: alpha + gamma (target - miss). The share of misses over T steps differs from the
    target by at most (1 + gamma) / (gamma T), whatever the series does.

    >>> adapted(0.1, target=0.1, miss=True, gamma=0.05)
    0.055
    """
    return alpha + gamma * (target - miss)


def adaptive_intervals(
    values: Array, forecast: Array, *, nominal: float, gamma: float, window: int
) -> tuple[Array, Array]:
    """Lower and upper bounds (n, horizon) around `forecast` (n, horizon); NaN where too few errors were known.

    Errors are taken on the square-root scale, on which totals of training spread about evenly, so that no bound is
    negative and the width follows the level; a target of 0 counts as below everything, so that where rest is common
    enough the lower bound is exactly 0. At origin t and horizon h only errors of targets up to t count: the last
    `window` of them; their order statistics at alpha/2 and 1-alpha/2, with the finite-sample correction of split
    conformal prediction, make the interval; alpha follows the misses known by then. At least `2/(1-nominal) - 1` errors
    are needed. While alpha is so small that no order statistic is wide enough, the widest known error is used.
    """
    n, horizon = forecast.shape
    low, high = np.full((n, horizon), np.nan), np.full((n, horizon), np.nan)
    middle = np.sqrt(forecast)
    for h in range(1, min(horizon, n - 1) + 1):
        error = np.full(n, np.nan)
        error[h:] = np.where(values[h:] == 0, -np.inf, np.sqrt(values[h:])) - middle[: n - h, h - 1]
        _adapt(middle[:, h - 1], error, h, low[:, h - 1], high[:, h - 1], nominal, gamma, window)
    squared_low, squared_high = np.maximum(low, 0) ** 2, np.maximum(high, 0) ** 2
    return np.minimum(squared_low, forecast), np.maximum(squared_high, forecast)


def _adapt(
    middle: Array, error: Array, h: int, low: Array, high: Array, nominal: float, gamma: float, window: int
) -> None:
    """Fill one horizon's bounds on the square-root scale; error[t] is that of the forecast whose target is t."""
    padded = np.concatenate([np.full(window - 1, np.nan), error])
    pools = np.sort(np.lib.stride_tricks.sliding_window_view(padded, window), axis=1)  # NaN sorts last
    sizes = (window - np.isnan(pools).sum(axis=1)).tolist()
    target = 1 - nominal
    least = math.ceil(2 / target - 1 - 1e-9)
    alpha = target
    centres, errors = middle.tolist(), error.tolist()
    inside: dict[int, tuple[float, float]] = {}
    for t, size in enumerate(sizes):
        made = inside.pop(t - h, None)
        if made is not None and errors[t] == errors[t]:
            alpha = adapted(alpha, target=target, miss=not made[0] <= errors[t] <= made[1], gamma=gamma)
        if size < least or centres[t] != centres[t]:
            continue
        rank = min(size, max(size // 2 + 1, math.ceil((size + 1) * (1 - alpha / 2) - 1e-9)))
        bounds = min(0.0, pools[t, size - rank]), max(0.0, pools[t, rank - 1])
        inside[t] = (-math.inf if centres[t] + bounds[0] <= 0 else bounds[0]), bounds[1]
        low[t], high[t] = centres[t] + bounds[0], centres[t] + bounds[1]
