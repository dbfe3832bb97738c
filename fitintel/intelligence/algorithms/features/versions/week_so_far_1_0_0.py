"""The week that is not over, against the same days of the four weeks before it, and the streak of weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.days import week_start
from fitintel.intelligence.registry import algorithm

QUANTITIES = ("sessions", "duration", "distance", "training")


@algorithm(
    id="week_so_far",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("totals of the week so far and of the same days before", "1, s, m, d"),
    source="Definition; weeks as in ISO 8601, Monday to Sunday",
    validity=Validity.HIGH,
    limits=(
        "the last day may not be over: what is still to come that day is not in it",
        "a day without a workout counts as rest: workouts that were never recorded are not known",
    ),
    title="Week so far",
)
def week_so_far(daily: Mapping[str, Any], *, weeks: int = 4, goal: float = 1.0) -> dict[str, Any]:
    """Week so far.

    Parameters: `weeks` [1] before this one to compare with; `goal` [d] training days that make a week count in the
    streak.
    Returns `week` (its Monday), `days` seen of it, `n` weeks compared with, and for sessions, duration [s], distance
    [m] and training [d]: the total so far, `same_days_<name>` (mean of the same days before) and `whole_<name>` (mean
    of those whole weeks), None without an earlier week; `streak`, complete weeks in a row up to now with at least
    `goal` training days.

    >>> daily = {"day": np.arange(20367, 20384), "sessions": np.ones(17), "duration": np.full(17, 60.0),
    ...          "distance": np.zeros(17), "training": np.ones(17)}
    >>> found = week_so_far(daily)
    >>> found["days"], found["duration"], found["same_days_duration"], found["whole_duration"], found["streak"]
    (3, 180.0, 180.0, 420.0, 2)
    """
    day = np.asarray(daily["day"], dtype=np.int64)
    if not len(day):
        return {"week": None, "days": 0, "n": 0, "streak": 0}
    monday = week_start(int(day[-1]))
    seen = int(day[-1]) - monday + 1
    starts = [monday - 7 * back for back in range(1, weeks + 1) if monday - 7 * back >= day[0]]
    found: dict[str, Any] = {"week": monday, "days": seen, "n": len(starts)}
    for name in QUANTITIES:
        values = np.asarray(daily[name], dtype=np.float64)
        at = [int(np.searchsorted(day, start)) for start in starts]
        found[name] = float(values[day >= monday].sum())
        found[f"same_days_{name}"] = float(np.mean([values[i : i + seen].sum() for i in at])) if at else None
        found[f"whole_{name}"] = float(np.mean([values[i : i + 7].sum() for i in at])) if at else None
    training, streak, start = np.asarray(daily["training"], dtype=np.float64), 0, monday - 7
    while start >= day[0]:
        at_ = int(np.searchsorted(day, start))
        if training[at_ : at_ + 7].sum() < goal:
            break
        streak, start = streak + 1, start - 7
    return {**found, "streak": streak}
