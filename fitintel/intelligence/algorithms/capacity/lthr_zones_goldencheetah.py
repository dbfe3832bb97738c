"""Heart rate zone of a share of the threshold heart rate."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer
from fitintel.intelligence.zones import zone_number


@algorithm(
    id="lthr_zones_goldencheetah",
    version="1.0.0",
    inputs={"fraction": "1"},
    output=("zone", "number from 1"),
    source="GoldenCheetah and sweatpy, default heart rate zones: 0.68 / 0.83 / 0.94 / 1.05 of the threshold",
    validity=Validity.USEFUL,
    limits=(
        "a convention: the edges are no physiological thresholds of a person",
        "upper edges are inclusive: other tables put a heart rate on an edge into the zone above",
    ),
)
def lthr_zones_goldencheetah(fraction: Any, *, edges: tuple[float, ...] = (0.68, 0.83, 0.94, 1.05)) -> Any:
    """Heart rate zone of a share of the threshold heart rate.

    The number of the zone, from 1, of `fraction` [1], a heart rate over the threshold heart rate; a value on an edge
    belongs to the lower zone. Scalars or arrays; missing stays missing. Raises DataError unless the edges increase.

    Parameters: `edges` [1] between the zones, lowest first.

    >>> lthr_zones_goldencheetah([0.60, 0.83, 1.10])  # 1 -> zone
    array([1., 2., 5.])
    """
    return answer(zone_number(fraction, edges))
