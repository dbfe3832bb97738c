"""Load of a session from its weighted power."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress
from fitintel.intelligence.values import answer


@algorithm(
    id="stress_score",
    version="1.0.0",
    inputs={"duration": "s", "weighted_power": "W", "threshold_power": "W"},
    output=("stress score", "hours at threshold x 100"),
    source="Allen & Coggan, Training and Racing with a Power Meter",
    validity=Validity.USEFUL,
    limits=(
        "as good as the threshold power: 5 % lower and the score is 11 % higher",
        "sums of it are not comparable between athletes, nor with loads of another method",
        "an intensity well above 1 for an hour says that the threshold is set too low",
    ),
)
def stress_score(duration: Any, weighted_power: Any, threshold_power: Any) -> Any:
    """Stress score.

    `100 * hours * (weighted_power / threshold_power)^2`: one hour at threshold is 100. `duration` [s] of moving time,
    powers [W]; scalars or arrays. Raises DataError for a threshold that is not above zero, a negative power or
    duration.

    >>> stress_score(3600, 300, 300)
    100.0
    """
    return answer(stress(duration, weighted_power, threshold_power))
