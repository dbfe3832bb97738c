"""Load of a ride from its exponentially weighted power."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="exponential_power_score",
    version="1.0.0",
    inputs={"exponential_power": "W", "critical_power": "W", "duration": "s"},
    output=("relative intensity and score", "1; hours at critical power x 100"),
    source="Skiba 2008, as worked in the workbook of Clarke & Skiba 2013, Adv Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "as good as the critical power: 5 % lower and the score is 11 % higher",
        "not the same number as the stress score: critical power is 3-7 % above the threshold power of a test",
    ),
)
def exponential_power_score(exponential_power: Any, critical_power: Any, duration: Any) -> dict[str, Any]:
    """Score of exponentially weighted power.

    `relative_intensity = exponential_power / critical_power`, `score = 100 * hours * relative_intensity^2`. Powers [W],
    `duration` [s]; scalars or arrays. Raises DataError for a critical power that is not above zero, a negative power or
    duration. Returns `relative_intensity` [1] and `score`.

    >>> exponential_power_score(315, 315, 3600)
    {'relative_intensity': 1.0, 'score': 100.0}
    """
    score = stress(duration, exponential_power, critical_power)
    return {"relative_intensity": answer(divided(exponential_power, critical_power)), "score": answer(score)}
