"""Time constant of W' recovery, Skiba."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative
from fitintel.intelligence.wprime import time_constant


@algorithm(
    id="wbal_tau_skiba2012",
    version="1.0.0",
    inputs={"gap": "W"},
    output=("time constant", "s"),
    source="Skiba, Chidnok, Vanhatalo & Jones 2012, Med Sci Sports Exerc 44:1526-1532",
    validity=Validity.ROUGH,
    limits=(
        "derived from 7 recreationally active people; individual rates differ widely",
        "one constant for a whole ride: known only after it",
    ),
)
def wbal_tau_skiba2012(gap: Any) -> Any:
    """Time constant of W' recovery, Skiba.

    `tau = 546 exp(-0.01 D_CP) + 316`; `gap` D_CP [W] is critical power less the mean of all power
    below it (`wprime.recovery_gap`); scalars or arrays. Raises DataError for a negative gap.

    >>> wbal_tau_skiba2012(150)  # W -> s
    437.8291
    """
    not_negative(gap=gap)
    return answer(time_constant(gap))
