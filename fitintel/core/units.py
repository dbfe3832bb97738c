"""The only place with conversion factors. Inside, everything is SI; a person's units exist in sources and views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fitintel.core.errors import UnknownName

METRE_PER_MILE = 1609.344
SECOND_PER_HOUR = 3600.0
SECOND_PER_MINUTE = 60.0
JOULE_PER_KCAL = 4184.0

TO_SI: dict[str, dict[str, float]] = {
    "distance": {
        "m": 1.0, "km": 1000.0, "mi": METRE_PER_MILE, "mile": METRE_PER_MILE, "miles": METRE_PER_MILE,
        "yd": 0.9144, "ft": 0.3048,
    },
    "duration": {"s": 1.0, "sec": 1.0, "seconds": 1.0, "min": SECOND_PER_MINUTE, "minutes": SECOND_PER_MINUTE,
                 "h": SECOND_PER_HOUR, "hours": SECOND_PER_HOUR, "ms": 0.001},
    "speed": {"m/s": 1.0, "km/h": 1 / 3.6, "kph": 1 / 3.6, "mi/h": METRE_PER_MILE / 3600, "mph": METRE_PER_MILE / 3600},
    "energy": {"J": 1.0, "kJ": 1000.0, "kcal": JOULE_PER_KCAL, "cal": 4.184},
    "elevation": {"m": 1.0, "ft": 0.3048},
    "heart rate": {"bpm": 1.0},
    "cadence": {"steps/min": 1.0, "spm": 1.0, "rpm": 1.0},
    "power": {"W": 1.0},
    "mass": {"kg": 1.0, "lb": 0.45359237, "st": 6.35029318},
}  # fmt: skip
"""quantity -> unit -> factor to SI (multiply)."""


def to_si(quantity: str, unit: str) -> float:
    """Factor that turns `unit` into SI.

    >>> to_si("distance", "mi")
    1609.344
    """
    if quantity not in TO_SI:
        raise UnknownName("quantity", quantity, TO_SI)
    if unit not in TO_SI[quantity]:
        raise UnknownName(f"unit of {quantity}", unit, TO_SI[quantity])
    return TO_SI[quantity][unit]


class UnitSystem(StrEnum):
    """What a person reads."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a quantity is shown to a person: SI value / `si` = shown value, with `decimals` and `unit`."""

    si: float
    unit: str
    decimals: int


SHOWN: dict[UnitSystem, dict[str, Shown]] = {
    UnitSystem.METRIC: {
        "distance": Shown(1000.0, "km", 1),
        "duration": Shown(SECOND_PER_HOUR, "h", 1),
        "elevation": Shown(1.0, "m", 0),
        "pace": Shown(60.0 / 1000.0, "min/km", 2),
        "speed": Shown(1 / 3.6, "km/h", 1),
    },
    UnitSystem.IMPERIAL: {
        "distance": Shown(METRE_PER_MILE, "mi", 1),
        "duration": Shown(SECOND_PER_HOUR, "h", 1),
        "elevation": Shown(0.3048, "ft", 0),
        "pace": Shown(60.0 / METRE_PER_MILE, "min/mi", 2),
        "speed": Shown(METRE_PER_MILE / SECOND_PER_HOUR, "mi/h", 1),
    },
}
"""Pace is kept as s/m inside; one min/km is 0.06 s/m."""


def shown(quantity: str, system: UnitSystem) -> Shown:
    """How `quantity` is shown in `system`."""
    table = SHOWN[UnitSystem(system)]
    if quantity not in table:
        raise UnknownName("shown quantity", quantity, table)
    return table[quantity]
