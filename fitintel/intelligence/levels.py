"""The level of a weekly series and what moves around it: spikes, runs of good and bad weeks, the year's wave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

YEAR = 365.2425 / 7
"""weeks in a year"""
QUARTER = 6
"""weeks on either side that make the level around which a single week is a spike"""
HALF_YEAR = 26
LAGS = 4
SPIKE = 2.5


def _around(values: Array, reach: int) -> Array:
    """Values within `reach` on either side of each, as rows; NaN beyond the ends."""
    edge = np.full(reach, np.nan)
    return np.lib.stride_tricks.sliding_window_view(np.concatenate([edge, values, edge]), 2 * reach + 1)


def _row_median(rows: Array) -> Array:
    """Median of each row's known values; NaN where there is none."""
    ordered = np.sort(rows, axis=1)  # NaN sorts last
    count = np.isfinite(rows).sum(axis=1)
    row = np.arange(len(rows))
    middle: Array = (ordered[row, np.maximum(count - 1, 0) // 2] + ordered[row, count // 2]) / 2
    return middle


def steady(values: Array) -> Array:
    """The values (n,), spikes pulled in to 2.5 robust standard deviations from the median of the 13 weeks around.

    >>> steady(np.array([9.0, 10.0, 11.0] * 5 + [90.0] + [9.0, 10.0, 11.0] * 5))[15]
    np.float64(13.7)
    """
    centre = _row_median(_around(values, QUARTER))
    away = np.abs(values - centre)
    known = away[np.isfinite(away)]
    reach = SPIKE * 1.4826 * float(np.median(known)) if len(known) else 0.0
    return np.clip(values, centre - reach, centre + reach) if reach else values


def spread(values: Array) -> float:
    """Long-run standard deviation around a moving level of a year; 1 for a series without spread."""
    rows = _around(values, min(HALF_YEAR, (len(values) - 1) // 2))
    known = np.isfinite(rows)
    count = known.sum(axis=1)
    centre = np.where(known, rows, 0.0).sum(axis=1) / np.maximum(count, 1)
    # a week takes part in its own level
    own = np.sqrt(count / np.maximum(count - 1, 1))
    variance = long_run_variance((values - centre) * own, lags=LAGS)
    return (
        math.sqrt(variance) if variance > 1e-12 * float(np.max(values[np.isfinite(values)], initial=0.0)) ** 2 else 1.0
    )


def annual(values: Array, monday: Array, cuts: Sequence[int]) -> Array:
    """Annual wave (n,), by least squares together with the level of each stretch.

    `monday` (n,) are the weeks' day numbers, `cuts` the ends of the stretches with 0 before them.
    """
    angle = 2 * np.pi * monday / (7 * YEAR)
    wave = np.column_stack([np.cos(angle), np.sin(angle)])
    levels = np.zeros((len(values), len(cuts) - 1))
    for column, (start, end) in enumerate(pairwise(cuts)):
        levels[start:end, column] = 1.0
    known = np.isfinite(values)
    if not known.any():
        return np.zeros(len(values))
    fitted = np.linalg.lstsq(np.column_stack([levels, wave])[known], values[known], rcond=None)[0]
    fitted_wave: Array = wave @ fitted[-2:]
    return fitted_wave


def long_run_variance(residuals: Array, *, lags: int) -> float:
    """Variance of the residuals times the inflation that autocorrelation gives to a mean of many of them.

    Bartlett weights over `lags` (Newey & West 1987, Econometrica 55:703), never below the plain variance. NaN skipped.
    """
    known = np.isfinite(residuals)
    y = np.where(known, residuals, 0.0)
    variance = float((y * y).sum()) / max(1, int(known.sum()))
    inflation = 1.0
    for k in range(1, lags + 1):
        pairs = int((known[k:] & known[:-k]).sum())
        if pairs and variance > 0:
            inflation += 2 * (1 - k / (lags + 1)) * float((y[k:] * y[:-k]).sum()) / pairs / variance
    return variance * max(1.0, inflation)
