"""The usual step of a time axis: what a gap, a hold and a spike are measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def median(values: Floats) -> float:
    """The median of values without NaN; NaN of none. As `numpy.median` to the last bit.

    Its checks take several times as long as the median of a short recording.

    >>> median(np.array([3.0, 1.0, 2.0])), median(np.array([4.0, 1.0, 2.0, 3.0]))
    (2.0, 2.5)
    """
    count = len(values)
    if not count:
        return float("nan")
    half = count // 2
    if count % 2:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1].tolist()
    return float((low + high) / 2)


def usual_step(time: Floats) -> float:
    """Median step [s] of a time axis of at least two samples, shape (n,)."""
    return median(time[1:] - time[:-1])
