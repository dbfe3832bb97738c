"""Heart rate as a share of its reserve, and Banister's weight of that share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError, UnknownName

Floats = NDArray[np.float64]

CURVES: dict[str, tuple[tuple[float, float], ...]] = {
    "male": ((0.64, 1.92),),
    "female": ((0.86, 1.67),),
    "unknown": ((0.64, 1.92), (0.86, 1.67)),
}
"""sex -> (a, b) of Banister's curve; where the sex is not known the mean of both curves is used"""


def reserve_share(hr: Any, hr_rest: Any, hr_max: Any) -> Floats:
    """`(hr - hr_rest) / (hr_max - hr_rest)`, 0 below rest, not cut at 1; heart rates [bpm], any shape that broadcasts.

    NaN stays NaN. Raises DataError when hr_max <= hr_rest.

    >>> reserve_share([50, 125, 190], 60, 190)
    array([0. , 0.5, 1. ])
    """
    rest, top = np.asarray(hr_rest, dtype=np.float64), np.asarray(hr_max, dtype=np.float64)
    if (top <= rest).any():
        raise DataError(
            "the highest heart rate must lie above the resting one",
            why="the share of the reserve has no meaning otherwise",
            next="correct hr_rest or hr_max",
        )
    share: Floats = np.maximum((np.asarray(hr, dtype=np.float64) - rest) / (top - rest), 0.0)
    return share


def impulse(share: Any, sex: str = "male", *, a: float | None = None, b: float | None = None) -> Floats:
    """Banister's training impulse of one minute at a share of the heart rate reserve, `x a exp(b x)` [a.u./min].

    `sex` is male, female or unknown; `a`, `b` [1] replace its curve. Raises UnknownName for another sex.

    >>> float(impulse(0.5)), float(impulse(0.5, "female"))
    (0.8358, 0.9911)
    """
    if sex not in CURVES:
        raise UnknownName("sex of Banister's curve", sex, CURVES)
    share = np.asarray(share, dtype=np.float64)
    curves = [(curve_a if a is None else a, curve_b if b is None else b) for curve_a, curve_b in CURVES[sex]]
    total: Floats = sum((share * one * np.exp(two * share) for one, two in curves), np.zeros(share.shape))
    return total / len(curves)
