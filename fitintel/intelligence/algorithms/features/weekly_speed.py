"""Typical speed per week, of workouts of one type."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="weekly_speed",
    version="1.0.0",
    title="Weekly speed",
    inputs={"workouts": "workouts", "types": "workout types", "weekly": "weekly totals"},
    output=("median speed per week", "m/s"),
    source="fitintel definition; a median so that one odd workout does not move a week",
    validity=Validity.USEFUL,
    limits=(
        "route, hills, heat and company change speed as much as fitness does",
        "workouts of one type only: the one with most workouts in the last 52 weeks",
    ),
)
def weekly_speed(
    workouts: Workouts, types: dict[str, Any], weekly: dict[str, Any], *, weeks: int = 52
) -> dict[str, Any]:
    """Median speed [m/s] per complete week over workouts of the most frequent type; NaN in weeks without one.

    >>> w = Workouts.from_rows([{"id": "a", "day": 20003, "distance": 3000.0, "duration": 1000.0, "flags": ""}])
    >>> weekly_speed(w, {"label": ["run"]}, {"week": [19999, 20006]})["speed"]
    array([ 3., nan])
    """
    starts = np.asarray(weekly["week"], dtype=np.int64)
    labels = np.asarray(types["label"], dtype=object)
    if not len(starts) or not len(workouts):
        return {"type": "", "week": starts, "speed": np.full(len(starts), np.nan)}
    usable = ~np.array(spoiled_rows(workouts["flags"].tolist(), Spoils.PACE), dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = workouts["distance"] / workouts["duration"]
    usable &= np.isfinite(speed) & (speed > 0)
    recent = usable & (workouts["day"] >= starts[-1] - 7 * (weeks - 1))
    counts = Counter(label for label in labels[recent].tolist() if label in ("run", "walk", "hike"))
    if not counts:
        return {"type": "", "week": starts, "speed": np.full(len(starts), np.nan)}
    kind = min(counts, key=lambda label: (-counts[label], label))
    chosen = usable & (labels == kind) & (workouts["day"] >= starts[0]) & (workouts["day"] < starts[-1] + 7)
    place = np.searchsorted(starts, workouts["day"][chosen], side="right") - 1
    order = np.lexsort((speed[chosen], place))
    place, values = place[order], speed[chosen][order]
    first = np.searchsorted(place, np.arange(len(starts)), side="left")
    count = np.searchsorted(place, np.arange(len(starts)), side="right") - first
    median = np.full(len(starts), np.nan)
    filled = count > 0
    low = first[filled] + (count[filled] - 1) // 2
    high = first[filled] + count[filled] // 2
    median[filled] = (values[low] + values[high]) / 2
    return {"type": kind, "week": starts, "speed": median}
