"""Load of a swim from its speed."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="swim_stress_score",
    version="1.0.0",
    inputs={"distance": "m", "moving_time": "s", "elapsed_time": "s", "threshold_speed": "m/s"},
    output=("swim stress", "hours at threshold x 100"),
    source="Elevate computeSwimStressScore: cube of the intensity, because resistance in water grows with the square "
    "of speed",
    validity=Validity.USEFUL,
    limits=(
        "rests count in the hours, not in the speed: long rests at the wall raise it",
        "as good as the threshold speed: 5 % lower and the score is 17 % higher",
        "open water, drills and wetsuits are not comparable with the pool",
    ),
)
def swim_stress_score(distance: Any, moving_time: Any, elapsed_time: Any, threshold_speed: Any) -> Any:
    """Swim stress.

    `100 * hours elapsed * (distance / moving_time / threshold_speed)^3`. `distance` [m], times [s], `threshold_speed`
    [m/s]; scalars or arrays; undefined without moving time. Raises DataError for negative numbers, or a threshold that
    is not above zero.

    >>> swim_stress_score(3000, 3600, 3900, 50 / 60)
    108.333
    """
    not_negative(distance=distance, moving_time=moving_time)
    return answer(stress(elapsed_time, divided(distance, moving_time), threshold_speed, exponent=3.0))
