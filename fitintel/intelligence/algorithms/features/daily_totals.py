"""Totals of every calendar day: what the weekly figures, the load and the consistency score are made from."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="daily_totals",
    version="1.0.0",
    inputs={"workouts": "rows", "day": "day number"},
    output=("sessions, duration, distance and training per calendar day", "1, s, m"),
    source="Definition; training day as in the fitintel consistency score (a session of at least 10 minutes)",
    validity=Validity.HIGH,
    limits=(
        "a day without a workout counts as rest: workouts that were never recorded are not known",
        "a session whose duration is missing or spoiled counts as a training day, with no time of its own",
    ),
)
def daily_totals(workouts: Workouts, day: int, *, min_training: float = 600.0) -> dict[str, Any]:
    """Daily totals.

    Workouts breaching a rule that spoils everything are left out and counted in `excluded`; a rule that spoils the
    duration or the distance takes only that quantity out. The calendar runs without holes from the first workout kept
    to `day`; later workouts are not seen.

    Parameters: `min_training` [s] shortest session that makes a training day.
    Returns `day` int64[n], `sessions`, `duration` [s], `distance` [m], `training` (0 or 1) float64[n], `excluded` int.

    >>> w = Workouts.from_rows([{"id": "a", "day": 10, "duration": 1800.0, "distance": 5000.0},
    ...                         {"id": "b", "day": 12, "duration": 300.0, "flags": ""}])
    >>> found = daily_totals(w, 13)
    >>> found["day"].tolist(), found["duration"].tolist(), found["training"].tolist()
    ([10, 11, 12, 13], [1800.0, 0.0, 300.0, 0.0], [1.0, 0.0, 0.0, 0.0])
    """
    flags = workouts["flags"].tolist()
    seen = workouts["day"] <= day
    whole = np.array(spoiled_rows(flags, Spoils.EVERYTHING), dtype=bool)
    kept = seen & ~whole
    days = workouts["day"][kept]
    duration = np.where(spoiled_rows(flags, Spoils.DURATION), np.nan, workouts["duration"])[kept]
    distance = np.where(spoiled_rows(flags, Spoils.DISTANCE), np.nan, workouts["distance"])[kept]
    # sums of floats depend on the order of their terms: sorting by value makes them independent of the order of rows
    order = np.lexsort((distance, duration, days))
    days, duration, distance = days[order], duration[order], distance[order]
    first = int(days[0]) if len(days) else int(day) + 1
    calendar = np.arange(first, int(day) + 1, dtype=np.int64)
    place, n = days - first, len(calendar)
    long_enough = ~(duration < min_training)
    return {
        "day": calendar,
        "sessions": np.bincount(place, minlength=n).astype(np.float64),
        "duration": np.bincount(place, np.nan_to_num(duration), n),
        "distance": np.bincount(place, np.nan_to_num(distance), n),
        "training": (np.bincount(place, long_enough, n) > 0).astype(np.float64),
        "excluded": int((seen & whole).sum()),
    }
