"""Time constant of W' recovery, elite cyclists."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="wbal_tau_bartram",
    version="1.0.0",
    inputs={"gap": "W"},
    output=("time constant", "s"),
    source="Bartram, Thewlis, Martin & Norton 2018, Int J Sports Physiol Perform 13:724",
    validity=Validity.ROUGH,
    limits=(
        "derived from 4 elite cyclists (R2 0.43); in their team pursuits no model was good enough for effective use",
        "undefined at a gap of zero",
    ),
)
def wbal_tau_bartram(gap: Any) -> Any:
    """Time constant of W' recovery, elite cyclists.

    `tau = 2287.2 D_CP^-0.688`; `gap` D_CP [W] is critical power less the mean of all power
    below it (`wprime.recovery_gap`); scalars or arrays. Undefined at 0. Raises DataError for a negative gap.

    >>> wbal_tau_bartram(150)  # W -> s
    72.8037
    """
    not_negative(gap=gap)
    difference = np.asarray(gap, dtype=np.float64)
    return answer(2287.2 * np.where(difference > 0, difference, np.nan) ** -0.688)
