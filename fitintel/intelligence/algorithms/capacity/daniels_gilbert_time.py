"""Race time at a running index of Daniels & Gilbert."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.core.units import SECOND_PER_MINUTE
from fitintel.intelligence.oxygen import race_time
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="daniels_gilbert_time",
    version="1.0.0",
    inputs={"index": "ml/kg/min", "distance": "m"},
    output=("race time", "s"),
    source="Daniels & Gilbert 1979, Oxygen Power; widely known as VDOT, a trademark of others",
    validity=Validity.USEFUL,
    limits=(
        "assumes that the runner has trained for the distance: without it the marathon comes later",
        "1500 m to the marathon, index 30 to 85; printed tables differ by up to 32 s and contain misprints",
    ),
    title="Race time from the running index",
)
def daniels_gilbert_time(index: Any, distance: Any) -> Any:
    """Race time at a running index of Daniels and Gilbert (VDOT).

    The time t at which `VO2(distance / t) = index F(t)`, see daniels_gilbert; it exists for every distance and is the
    only one. `index` [ml/kg/min], `distance` [m]; scalars or arrays. Raises DataError unless both are above zero.

    >>> daniels_gilbert_time(40, 10_000)  # ml/kg/min, m -> s
    3000.7711
    """
    positive(index=index, distance=distance)
    return answer(race_time(index, distance) * SECOND_PER_MINUTE)
