"""Load of every calendar day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="daily_load",
    version="1.0.0",
    inputs={"session_load": "session_load", "day": "day number"},
    output=("load per calendar day", "unit of session_load"),
    source="Definition",
    validity=Validity.HIGH,
    limits=("a day without a workout counts as zero load: workouts that were never recorded are not known",),
)
def daily_load(session_load: Mapping[str, Any], day: int) -> dict[str, Any]:
    """Daily load.

    The sum over the workouts of each day, on a calendar without holes from the first workout to `day`; later workouts
    are not seen. Returns `day` int64[n], `load` float64[n].

    >>> found = daily_load({"day": np.array([3, 5, 5]), "load": np.array([10.0, 20.0, 5.0])}, 6)
    >>> found["day"].tolist(), found["load"].tolist()
    ([3, 4, 5, 6], [10.0, 0.0, 25.0, 0.0])
    """
    days = np.asarray(session_load["day"], dtype=np.int64)
    load = np.asarray(session_load["load"], dtype=np.float64)
    # sums of floats depend on the order of their terms: sorting by value makes them independent of the order of rows
    order = np.lexsort((load, days))
    order = order[days[order] <= day]
    first = int(days[order[0]]) if len(order) else int(day) + 1
    calendar = np.arange(first, int(day) + 1, dtype=np.int64)
    return {"day": calendar, "load": np.bincount(days[order] - first, load[order], len(calendar))}
