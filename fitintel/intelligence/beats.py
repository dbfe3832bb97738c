"""Successive heart beats: differences of R-R intervals that really follow each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.values import positive

Floats = NDArray[np.float64]


def successive_differences(rr: Any) -> Floats:
    """Differences [ms] between intervals and the next, along the last axis; those beside a dropped beat (NaN) are NaN.

    Raises DataError for an interval that is not above zero.

    >>> successive_differences([800, 810, np.nan, 805, 795])
    array([ 10.,  nan,  nan, -10.])
    """
    intervals = np.asarray(rr, dtype=np.float64)
    positive(rr=intervals)
    return np.diff(intervals, axis=-1)


def root_mean_square(values: Any) -> Floats:
    """Root mean square along the last axis, over the known values; NaN if there are none.

    >>> float(root_mean_square([3.0, 4.0, np.nan]))
    3.5355
    """
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    total = (np.where(known, values, 0.0) ** 2).sum(axis=-1)
    found: Floats = np.sqrt(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
    return found


def mean_and_sd(values: Any) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean, sample standard deviation (n - 1) and number of the known values along the last axis; NaN where undefined.

    >>> mean, sd, n = mean_and_sd([4.0, 6.0, np.nan])
    >>> float(mean), round(float(sd), 3), int(n)
    (5.0, 1.414, 2)
    """
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    apart = np.where(known, values - np.expand_dims(mean, -1), 0.0)
    spread = (apart**2).sum(axis=-1)
    sd: Floats = np.sqrt(np.divide(spread, count - 1, out=np.full(total.shape, np.nan), where=count > 1))
    return mean, sd, count
