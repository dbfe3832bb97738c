"""Pace on the flat that takes the same energy as a pace on a gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.gradient_cost import minetti
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="grade_adjusted_pace_minetti",
    version="1.0.0",
    inputs={"pace": "s/m", "gradient": "1"},
    output=("pace on the flat of equal energy", "s/m"),
    source="Minetti et al. 2002, J Appl Physiol 93:1039-1046, cost relative to its 3.6 J/kg/m on the flat",
    validity=Validity.USEFUL,
    limits=(
        "energy, not effort: downhill it gives far more credit than heart rates do; use it uphill and for energy",
        "as good as the gradient: heights from satellites alone are too noisy",
        "gradients beyond +-0.45 count as +-0.45; use samples of at least 20-30 m",
    ),
)
def grade_adjusted_pace_minetti(pace: Any, gradient: Any) -> Any:
    """Grade-adjusted pace, by energy.

    `pace * 3.6 / Cr(gradient)`, the same pace on the flat. `pace` in s/m or any other unit of time over distance, which
    is that of the answer; `gradient` [1] rise over run. Scalars or arrays. Raises DataError for a pace that is not
    above zero.

    >>> grade_adjusted_pace_minetti(0.300, 0.1)  # s/m
    0.180959
    """
    positive(pace=pace)
    return answer(np.asarray(pace, dtype=np.float64) * float(minetti(0.0)) / minetti(gradient))
