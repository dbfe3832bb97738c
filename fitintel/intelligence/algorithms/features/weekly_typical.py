"""Size of the typical workout per week."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

WEEK = 7


@algorithm(
    id="weekly_typical", version="1.0.0", title="Typical workout of a week",
    inputs={"daily": "daily totals", "weekly": "weekly totals"},
    output=("typical distance and duration of a workout per week", "m, s"),
    source="fitintel definition; a median of logarithms, so that one long workout does not move a week",
    validity=Validity.USEFUL,
    limits=("two workouts of one day count as one of their mean size",
            "another sport has other sizes: a change of sport is a change of size"),
)  # fmt: skip
def weekly_typical(daily: dict[str, Any], weekly: dict[str, Any]) -> dict[str, Any]:
    """Typical distance [m] and duration [s] of a workout in each complete week; NaN in weeks without one.

    Together with the number of sessions it says what a weekly total is made of: a habit changes in how often, or in how
    much at a time, and each is steadier from week to week than their product.

    >>> daily = {"day": np.arange(19999, 20006), "sessions": [1, 0, 1, 0, 0, 2, 0],
    ...          "distance": [3000.0, 0, 5000.0, 0, 0, 16000.0, 0], "duration": [900.0, 0, 0, 0, 0, 3600.0, 0]}
    >>> typical = weekly_typical(daily, {"week": [19999]})
    >>> typical["distance"], typical["duration"]
    (array([5000.]), array([1272.792206]))
    """
    week = np.asarray(weekly["week"], dtype=np.int64)
    return {"week": week, **{name: _typical(daily, week, name) for name in ("distance", "duration")}}


def _typical(daily: dict[str, Any], week: NDArray[np.int64], name: str) -> NDArray[np.float64]:
    if not len(week):
        return np.full(0, np.nan)
    start = int(week[0] - np.asarray(daily["day"])[0])
    inside = slice(start, start + WEEK * len(week))
    total, sessions = (np.asarray(daily[key], dtype=np.float64)[inside] for key in (name, "sessions"))
    known = (total > 0) & (sessions > 0)
    size = np.full(len(total), np.nan)
    size[known] = np.log(total[known] / sessions[known])
    ordered = np.sort(size.reshape(len(week), WEEK), axis=1)  # NaN sorts last
    count = np.isfinite(ordered).sum(axis=1)
    row = np.arange(len(week))
    middle: NDArray[np.float64] = np.exp((ordered[row, np.maximum(count - 1, 0) // 2] + ordered[row, count // 2]) / 2)
    middle[count == 0] = np.nan
    return middle
