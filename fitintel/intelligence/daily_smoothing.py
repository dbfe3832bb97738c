"""A daily load that is smoothed: days that are not known, and the constant of the smoothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import UnknownName
from fitintel.intelligence.decay import decayed, decayed_twice

Array = NDArray[Any]

WEEKS = 8
"""weeks before a missing day that tell what its weekday usually holds"""
KINDS = ("exponential", "reciprocal")
MOST_MISSING = 0.25
"""share of missing days beyond which a smoothed load is not shown (science reference 1.10)"""


def gain(days: float, kind: str = "exponential") -> float:
    """Share of the newest day: `1 - exp(-1/days)`, or `1/days` for kind reciprocal, as some products do.

    >>> round(gain(42), 5), round(gain(42, "reciprocal"), 5)
    (0.02353, 0.02381)
    """
    if kind not in KINDS:
        raise UnknownName("kind of smoothing", kind, KINDS)
    if not days >= 1:
        raise ValueError(f"a time constant is at least 1 day, got {days}")
    return -math.expm1(-1.0 / days) if kind == "exponential" else 1.0 / days


def smoothed(load: Any, *shares: tuple[float, Any], window: int = 42) -> tuple[Array, ...]:
    """`y_d = y_{d-1} + share (load_d - y_{d-1})` for each `(share, start)`, along the last axis of (..., n).

    Missing days are completed; NaN where more than a quarter of the last `window` [d] days are missing.

    >>> smoothed([100.0, 100.0], (0.5, 0.0), (0.5, 100.0))
    (array([50., 75.]), array([100., 100.]))
    """
    filled, missing = completed(load)
    if len(shares) == 2:
        one, other = ((1.0 - share, share, start) for share, start in shares)
        levels: tuple[Array, ...] = decayed_twice(filled, one, other)
    else:
        levels = tuple(decayed(filled, 1.0 - share, share, start) for share, start in shares)
    hidden = missing_share(missing, window) > MOST_MISSING if missing.any() else None
    for level in levels if hidden is not None else ():
        level[hidden] = np.nan
    return levels


def completed(load: Any) -> tuple[Array, NDArray[np.bool_]]:
    """Daily load (..., n) without missing days, and which days were missing.

    A missing day (NaN) is given the median of its weekday in the eight weeks before it, else the median of all days
    of those weeks, else 0. It sees nothing later than itself. A confirmed rest day is 0, not NaN.

    >>> filled, missing = completed([30.0, 0, 0, 0, 0, 0, 0, np.nan])
    >>> float(filled[-1]), int(missing.sum())
    (30.0, 1)
    """
    load = np.asarray(load)
    if load.dtype != np.float32:
        load = load.astype(np.float64, copy=False)
    # one pass without an array of answers tells the usual case, in which every day is known
    if not np.isnan(load.sum()):
        return load, np.zeros(load.shape, dtype=np.bool_)
    missing = np.isnan(load)
    filled = load.copy()
    where = np.nonzero(missing)
    same_weekday = _median(_before(load, where, 7 * np.arange(1, WEEKS + 1)))
    filled[where] = same_weekday
    where = np.nonzero(np.isnan(filled))
    if len(where[0]):
        filled[where] = np.nan_to_num(_median(_before(load, where, np.arange(1, 7 * WEEKS + 1))))
    return filled, missing


def missing_share(missing: NDArray[np.bool_], days: int) -> Array:
    """Share of missing days among the last `days` (or as many as there are), for each day; shape of `missing`.

    >>> missing_share(np.array([True, False, False, False]), 2)
    array([1. , 0.5, 0. , 0. ])
    """
    total = np.cumsum(missing, axis=-1, dtype=np.float64)
    within = total.copy()
    within[..., days:] -= total[..., :-days]
    share: Array = within / np.minimum(np.arange(1, missing.shape[-1] + 1), days)
    return share


def _before(load: Array, where: tuple[Array, ...], lags: Array) -> Array:
    """Values so many days before each place, (m, lags); NaN before the first day."""
    day = where[-1][:, None] - lags
    rows = tuple(axis[:, None] for axis in where[:-1])
    return np.where(day >= 0, load[(*rows, np.maximum(day, 0))], np.nan)


def _median(values: Array) -> Array:
    """Median of the known values of each row, NaN where there are none."""
    ordered = np.sort(values, axis=1)  # NaN come last
    count = np.isfinite(ordered).sum(axis=1)
    row = np.arange(len(ordered))
    middle = (
        ordered[row, np.maximum(count - 1, 0) // 2] + ordered[row, np.minimum(count // 2, len(ordered[0]) - 1)]
    ) / 2
    return np.where(count > 0, middle, np.nan)
