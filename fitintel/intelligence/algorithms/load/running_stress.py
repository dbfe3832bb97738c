"""Load of a run from its grade-adjusted pace."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="running_stress",
    version="1.0.0",
    inputs={"duration": "s", "pace": "s/m", "threshold_pace": "s/m"},
    output=("running stress", "hours at threshold x 100"),
    source="Stress score on grade-adjusted speed, as in Elevate activity-computer.ts",
    validity=Validity.USEFUL,
    limits=(
        "as good as the threshold pace: 5 % slower and the score is 10 % higher",
        "no meaning for walkers or in a wheelchair; soft ground, heat and wind are not in it",
        "its hills are as good as the heights that they come from",
    ),
)
def running_stress(duration: Any, pace: Any, threshold_pace: Any) -> Any:
    """Running stress.

    `100 * hours * (threshold_pace / pace)^2`: one hour at threshold pace is 100. `duration` [s] of moving time; `pace`
    grade-adjusted and `threshold_pace`, in s/m or any other unit of time over distance, the same for both; scalars or
    arrays. Raises DataError for a pace that is not above zero or a negative duration.

    >>> running_stress(3600, 0.30, 0.30)  # 1 h at threshold
    100.0
    """
    positive(pace=pace, threshold_pace=threshold_pace)
    # the slower pace is the larger number: speeds are in the inverse ratio
    return answer(stress(duration, threshold_pace, pace))
