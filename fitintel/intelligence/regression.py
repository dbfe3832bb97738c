"""Least squares with errors of the parameters: a straight line, in batches along the last axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """`y = intercept + slope x`; every field has the shape of the batch, NaN where no line is determined."""

    slope: Floats
    intercept: Floats
    slope_error: Floats
    """standard error; NaN for two points"""
    intercept_error: Floats
    see: Floats
    """standard error of the estimate, in the unit of y"""
    n: Floats


def line(x: Any, y: Any) -> Line:
    """Ordinary least squares of `y` on `x`, (..., n) each; points with a missing value are left out.

    >>> found = line([1.0, 2.0, 3.0, np.nan], [3.0, 5.0, 7.0, 0.0])
    >>> float(found.slope), float(found.intercept), float(found.n)
    (2.0, 1.0, 3.0)
    """
    x, y = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
    known = np.isfinite(x) & np.isfinite(y)
    n = known.sum(axis=-1).astype(np.float64)
    some = np.maximum(n, 1.0)
    mean_x = np.where(known, x, 0.0).sum(axis=-1) / some
    mean_y = np.where(known, y, 0.0).sum(axis=-1) / some
    from_x = np.where(known, x - mean_x[..., None], 0.0)
    from_y = np.where(known, y - mean_y[..., None], 0.0)
    spread = (from_x**2).sum(axis=-1)
    # equal x differ from their mean by rounding alone
    apart = spread > 1e-24 * some * mean_x**2
    slope = np.where(apart, (from_x * from_y).sum(axis=-1) / np.where(apart, spread, 1.0), np.nan)
    rest = np.where(known, from_y - slope[..., None] * from_x, 0.0)
    variance = (rest**2).sum(axis=-1) / np.where(n > 2, n - 2, np.nan)
    share = 1.0 / np.where(apart, spread, np.nan)
    return Line(
        slope=slope,
        intercept=mean_y - slope * mean_x,
        slope_error=np.sqrt(variance * share),
        intercept_error=np.sqrt(variance * (1.0 / some + mean_x**2 * share)),
        see=np.sqrt(variance),
        n=n,
    )


def half_width(error: Any, freedom: Any, level: float = 0.95) -> Floats:
    """Half of the confidence interval of a parameter: Student's t of `freedom` degrees times its standard error.

    NaN where nothing is left over to judge by (`freedom` < 1).

    >>> float(half_width(1.0, 10))
    2.228139
    """
    freedom = np.asarray(freedom, dtype=np.float64)
    if not (freedom >= 1).any():
        return np.full(np.broadcast_shapes(freedom.shape, np.shape(error)), np.nan)
    from scipy.special import stdtrit  # a quarter of a second, on the first fit only

    quantile: Floats = stdtrit(np.where(freedom >= 1, freedom, np.nan), 0.5 + level / 2) * np.asarray(error)
    return quantile
