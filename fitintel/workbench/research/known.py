"""What is said of each athlete of a released set: what others may know of them as well, and a flag of health."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from fitintel.core.details import year_of
from fitintel.core.records import Athlete
from fitintel.storage.store import Store

ATTRIBUTES = ("sex", "age_band", "sport")
"""quasi-identifiers: others may know them"""
HEALTH = ("resting_hr",)
"""sensitive: others shall not learn it from being in a group"""
PULSES = (50, 60)
"""1/min; bounds of bands of resting heart rate"""
UNKNOWN = "unknown"


def known_of(store: Store, one: Athlete, workouts: Any, years: int) -> dict[str, str]:
    """Attributes and health flags of an athlete; ages in bands of so many years."""
    details = store.details(one.id)
    sports = Counter(str(sport) for sport in workouts["sport"])
    return {
        "sex": details.sex if details is not None and details.sex else UNKNOWN,
        "age_band": UNKNOWN if details is None or details.born is None
        else age_band(details.born, int(workouts["day"].max()), years),
        "sport": sports.most_common(1)[0][0],
        "resting_hr": _pulse([value.value for value in store.wellness(one.id, metrics=["resting_hr"])]),
    }  # fmt: skip


def age_band(born: int, day: int, years: int) -> str:
    """Band of ages, of so many years, on a day [day number].

    >>> age_band(1985, 20366, 20)
    '40-59'
    """
    low = (year_of(day) - born) // years * years
    return f"{low}-{low + years - 1}"


def _pulse(values: list[float]) -> str:
    if not values:
        return UNKNOWN
    middle = float(np.median(values))
    low, high = PULSES
    return f"under {low}" if middle < low else f"{low}-{high - 1}" if middle < high else f"{high}+"
