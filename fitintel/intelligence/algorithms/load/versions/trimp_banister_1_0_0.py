"""Banister's training impulse: time weighted by how far the heart rate rose."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="trimp_banister",
    version="1.0.0",
    inputs={"duration": "min", "hr_mean": "bpm", "hr_rest": "bpm", "hr_max": "bpm"},
    output=("training impulse", "a.u."),
    source="Banister 1991; Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171-1177; a = 0.64, b = 1.92 for "
    "men, a = 0.86, b = 1.67 for women",
    validity=Validity.USEFUL,
    limits=(
        "a mean heart rate hides intervals: the impulse of the mean is at most the sum over the samples",
        "the curve comes from the blood lactate of few people",
        "undefined when hr_max <= hr_rest; a heart rate below rest counts as rest",
        "many programs use a = 0.64 for women too: their figures are a quarter lower",
    ),
)
def trimp_banister(duration: Any, hr_mean: Any, hr_rest: Any, hr_max: Any, *, a: float = 0.64, b: float = 1.92) -> Any:
    """Training impulse.

    `TRIMP = minutes * x * a * exp(b x)` with `x = (hr_mean - hr_rest) / (hr_max - hr_rest)`, not below 0. Times in min,
    heart rates in bpm; scalars or arrays; NaN stays NaN. Raises DataError when hr_max <= hr_rest.

    Parameters: `a`, `b` [1] the curve for men; for women a=0.86, b=1.67.

    >>> trimp_banister(60, 125, 60, 190)
    50.15
    """
    rest, top = np.asarray(hr_rest, dtype=np.float64), np.asarray(hr_max, dtype=np.float64)
    if (top <= rest).any():
        raise DataError(
            "the highest heart rate must lie above the resting one",
            why="the share of the reserve has no meaning otherwise",
            next="correct hr_rest or hr_max",
        )
    x = np.maximum((np.asarray(hr_mean, dtype=np.float64) - rest) / (top - rest), 0.0)
    load = np.asarray(duration, dtype=np.float64) * x * a * np.exp(b * x)
    return float(load) if load.ndim == 0 else load
