"""Training impulse as GoldenCheetah and programs after it compute it, for comparison with their figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import UnknownName
from fitintel.intelligence.heart_rate import CURVES, impulse, reserve_share
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="banister_trimp_gc_compat",
    version="1.0.0",
    inputs={"duration": "min", "hr_mean": "bpm", "hr_rest": "bpm", "hr_max": "bpm"},
    output=("training impulse", "a.u."),
    source="GoldenCheetah TRIMPPoints.cpp: a = 0.64 for women as for men",
    validity=Validity.ROUGH,
    limits=(
        "only for comparing with figures of programs that use 0.64 for women: the original constant is 0.86, and the "
        "figures are 34 % higher with it",
        "undefined when hr_max <= hr_rest; a heart rate below rest counts as rest",
    ),
)
def banister_trimp_gc_compat(
    duration: Any, hr_mean: Any, hr_rest: Any, hr_max: Any, *, sex: str = "female", a: float = 0.64,
    b: float | None = None,
) -> Any:  # fmt: skip
    """Training impulse with one constant for both sexes.

    `TRIMP = minutes * x * a * exp(b x)` with `x = (hr_mean - hr_rest) / (hr_max - hr_rest)`, not below 0. Minutes of
    moving time, heart rates in bpm; scalars or arrays. Raises DataError when hr_max <= hr_rest.

    Parameters: `sex` male or female; `a` [1]; `b` [1], None for 1.92 (male) or 1.67 (female).

    >>> banister_trimp_gc_compat(1, 130, 60, 200)  # 1 min at half the reserve: a.u.
    0.7375
    """
    if sex not in ("male", "female"):
        raise UnknownName("sex of Banister's curve", sex, ("male", "female"))
    not_negative(duration=duration)
    slope = CURVES[sex][0][1] if b is None else b
    return answer(np.asarray(duration, dtype=np.float64)
                  * impulse(reserve_share(hr_mean, hr_rest, hr_max), sex, a=a, b=slope))  # fmt: skip
