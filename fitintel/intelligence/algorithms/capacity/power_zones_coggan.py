"""Power zone of a share of the threshold power."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer
from fitintel.intelligence.zones import zone_number


@algorithm(
    id="power_zones_coggan",
    version="1.0.0",
    inputs={"fraction": "1"},
    output=("zone", "number from 1"),
    source="Allen & Coggan, Training and Racing with a Power Meter: 0.55 / 0.75 / 0.90 / 1.05 / 1.20 / 1.50 of the "
    "threshold power",
    validity=Validity.USEFUL,
    limits=(
        "a convention of seven levels: the body knows no steps at these edges",
        "upper edges are inclusive; as good as the threshold power, whose individual error is 5 %",
    ),
)
def power_zones_coggan(fraction: Any, *, edges: tuple[float, ...] = (0.55, 0.75, 0.9, 1.05, 1.2, 1.5)) -> Any:
    """Power zone of a share of the threshold power.

    The number of the zone, from 1, of `fraction` [1], a power over the threshold power; a value on an edge
    belongs to the lower zone. Scalars or arrays; missing stays missing. Raises DataError unless the edges increase.

    Parameters: `edges` [1] between the zones, lowest first.

    >>> power_zones_coggan([0.50, 0.75, 2.0])  # 1 -> zone
    array([1., 2., 7.])
    """
    return answer(zone_number(fraction, edges))
