"""Training impulse of a session from its mean heart rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.heart_rate import impulse, reserve_share
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="trimp_banister",
    version="1.1.0",
    changed="the curve is chosen by sex, the mean of both where it is not known; 1.0.0 took its two constants",
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
        "heat, caffeine and drift raise it; strength work and short intervals are under-counted",
    ),
)
def trimp_banister(
    duration: Any, hr_mean: Any, hr_rest: Any, hr_max: Any, *,
    sex: str = "male", a: float | None = None, b: float | None = None,
) -> Any:  # fmt: skip
    """Training impulse.

    `TRIMP = minutes * x * a * exp(b x)` with `x = (hr_mean - hr_rest) / (hr_max - hr_rest)`, not below 0. Times in min,
    heart rates in bpm; scalars or arrays; NaN stays NaN. Raises DataError when hr_max <= hr_rest.

    Parameters: `sex` chooses the curve: male, female, or unknown for the mean of both; `a`, `b` [1] replace it.

    >>> trimp_banister(60, 125, 60, 190)  # 60 min at half the reserve: a.u.
    50.15
    """
    load = np.asarray(duration, dtype=np.float64) * impulse(reserve_share(hr_mean, hr_rest, hr_max), sex, a=a, b=b)
    return float(load) if load.ndim == 0 else load
