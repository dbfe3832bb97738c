"""What is known of a series: None and NaN are missing and left out, never zero."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError

Floats = NDArray[np.float64]


def numbers(values: Any, name: str = "a value") -> Floats:
    """Values as float64, None as NaN. Raises DataError for text and for infinite numbers.

    >>> numbers([1, None])
    array([ 1., nan])
    """
    given = np.asarray(values)
    if given.dtype.kind in "USMm":
        raise DataError(f"{name} is {given.flat[0]!r}", why="a number is expected")
    found = np.asarray(given, dtype=np.float64)
    if np.isinf(found).any():
        raise DataError(f"{name} is infinite", why="a finite number is expected")
    return found


def row(values: Any, name: str = "a series") -> Floats:
    """A series of numbers (n,); raises DataError for another shape."""
    found = numbers(values, name)
    if found.ndim != 1:
        raise DataError(f"{name} has the shape {found.shape}", why="one value after another is expected")
    return found


def labels(values: Any, name: str = "label") -> Floats:
    """0 or 1 for each case, NaN where missing. Raises DataError for anything else."""
    found = numbers(values, name)
    if not (np.isnan(found) | (found == 0) | (found == 1)).all():
        raise DataError(f"{name} is {found[(found != 0) & (found != 1) & ~np.isnan(found)].flat[0]:g}", why="0 or 1")
    return found


def matched(**named: Any) -> list[Floats]:
    """Series of one shape (..., n), each missing where any of them is. Raises DataError if their lengths differ.

    >>> matched(actual=[1.0, None], forecast=[2.0, 3.0])
    [array([ 1., nan]), array([ 2., nan])]
    """
    found = [numbers(values, name) for name, values in named.items()]
    lengths = [values.shape[-1] if values.ndim else None for values in found]
    if len({length for length in lengths if length is not None}) > 1:
        told = ", ".join(f"{length} of {name}" for name, length in zip(named, lengths, strict=True))
        raise DataError("the series differ in length", why=told)
    together = np.broadcast_arrays(*found)
    missing = np.any([np.isnan(values) for values in together], axis=0)
    return [np.where(missing, np.nan, values) for values in together]


def mean(values: Floats) -> Floats:
    """Mean of the known values along the last axis; NaN where there is none.

    >>> mean(np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]]))
    array([ 2., nan])
    """
    known = ~np.isnan(values)
    count = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    average: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return average
