"""Local level model: a level that walks at random, seen with noise; its two variances by maximum likelihood."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS, POINTS = 4, 41
"""of the search for the share of the walk in the total variance; each round but the first narrows it 20 times"""


def fit(values: Floats) -> tuple[float, float] | None:
    """Variances (of the noise, of the level's steps) that make `values` (n,) most likely; None below three values.

    The level's start is unknown (exact diffuse likelihood), a missing value only widens the next prediction. The total
    variance has a closed form, so one number is searched for: the share of the walk in it, on a logit scale first.
    Durbin & Koopman 2012, Time Series Analysis by State Space Methods, 2nd ed., sections 2.9-2.10.

    >>> fit(np.array([1.0, 1.0, 1.0]))
    (0.0, 0.0)
    """
    known = values[np.isfinite(values)]
    if len(known) < 3:
        return None
    if np.ptp(known) == 0:
        return 0.0, 0.0
    share = np.concatenate([[0.0], 1 / (1 + np.exp(-np.linspace(-18, 18, 145))), [1.0]])
    for _ in range(ROUNDS):
        likelihood, _ = _likelihood(values, share)
        at = int(np.argmax(likelihood))
        last = len(share) - 1
        grid, share = share, np.linspace(share[max(0, at - 1)], share[min(last, at + 1)], POINTS)
    best = float(grid[at])
    if 0 < at < last:
        # the top of a parabola: closer than rounding lets the largest of many nearly equal likelihoods be told
        left, top, right = likelihood[at - 1 : at + 2].tolist()
        best += 0.5 * float(grid[at] - grid[at - 1]) * (left - right) / (left - 2 * top + right)
    scale = float(_likelihood(values, np.array([best]))[1][0])
    return (1 - best) * scale, best * scale


def _likelihood(values: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Log-likelihood up to a constant, and total variance, for each share of the walk."""
    steps = values[int(np.argmax(np.isfinite(values))) :].tolist()
    level, variance = np.full(len(share), steps[0]), 1 - share
    squares, logs, n = np.zeros(len(share)), np.zeros(len(share)), 0
    for value in steps[1:]:
        variance = variance + share
        if value != value:  # NaN is not equal to itself
            continue
        spread = variance + 1 - share
        error = value - level
        squares += error * error / spread
        logs += np.log(spread)
        level = level + error * variance / spread
        variance = variance * (1 - share) / spread
        n += 1
    total: Any = squares / n
    return -0.5 * (n * np.log(np.maximum(total, 1e-300)) + logs), total


RATIOS = np.array([0.0, 0.001, 0.003, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5, 0.8, 1.0])
"""shares of the walk in the total variance that `from_every_origin` tries"""


def from_every_origin(values: Floats, horizon: int) -> Floats:
    """Forecasts (n, horizon): row t is the filtered level after values[0 .. t], with the most likely of RATIOS by then.

    The same for 1, 2, ... steps ahead: a level that walks at random is expected to stay. NaN before the first value.

    >>> from_every_origin(np.array([np.nan, 4.0, 4.0]), 2).tolist()
    [[nan, nan], [4.0, 4.0], [4.0, 4.0]]
    """
    share = RATIOS
    said = np.full(len(values), np.nan)
    variance, level = 1 - share, np.zeros(len(share))
    squares, logs, n = np.zeros(len(share)), np.zeros(len(share)), 0
    started, best = False, 0
    for t, value in enumerate(values.tolist()):
        if not started:
            if value != value:  # NaN is not equal to itself
                continue
            level, started = np.full(len(share), value), True
        else:
            variance = variance + share
            if value == value:
                spread = variance + 1 - share
                error = value - level
                squares += error * error / spread
                logs += np.log(spread)
                gain = variance / spread
                level = level + gain * error
                variance = variance * (1 - gain)
                n += 1
                best = int(np.argmax(-n * np.log(np.maximum(squares / n, 1e-300)) - logs))
        said[t] = level[best]
    return np.repeat(said[:, None], horizon, axis=1)
