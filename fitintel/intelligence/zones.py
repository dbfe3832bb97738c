"""Zones of intensity: numbers from 1 between given edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError

Floats = NDArray[np.float64]


def zone_number(value: Any, edges: Sequence[float]) -> Floats:
    """Zone of each value, from 1; a value on an edge is in the lower zone; NaN stays NaN.

    Raises DataError unless the edges increase.

    >>> zone_number([0.5, 0.55, 0.56, np.nan], (0.55, 0.75))
    array([ 1., 1., 2., nan])
    """
    bounds = np.asarray(edges, dtype=np.float64)
    if bounds.ndim != 1 or not len(bounds) or not (np.diff(bounds) > 0).all() or not np.isfinite(bounds).all():
        raise DataError(
            f"the edges of zones are {bounds.tolist()}", why="increasing numbers are expected, one edge between zones"
        )
    value = np.asarray(value, dtype=np.float64)
    number: Floats = np.where(np.isnan(value), np.nan, np.searchsorted(bounds, value, side="left") + 1.0)
    return number
