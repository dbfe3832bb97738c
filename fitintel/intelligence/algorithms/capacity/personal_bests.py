"""Personal bests: the best of many workouts at each duration or distance, over any window of days."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="personal_bests",
    version="1.0.0",
    inputs={"day": "day number", "curve": "one row a workout, one column a duration or distance"},
    output=("bests", "unit of the curve"),
    source="Envelope of mean-maximal curves, as in GoldenCheetah RideFileCache",
    validity=Validity.HIGH,
    limits=(
        "a best is what was done, not what can be done: without a maximal effort in the window it is too low",
        "one sensor fault makes a best: curves of workouts with flagged channels must be left out before",
        "curves of different devices or vendors are not one record",
    ),
)
def personal_bests(
    day: Any, curve: Any, *, first: int | None = None, last: int | None = None, lowest: bool = False
) -> dict[str, Any]:
    """Personal bests at each duration.

    `day` (w,) day number of each workout, `curve` (w, d) its mean-maximal power or speed at d durations, or its fastest
    time over d distances; NaN where it has none. Among equal bests the earliest day counts. Raises DataError when the
    shapes do not fit.

    Parameters: `first`, `last` [day number] bounds of the window, both included, open if None; `lowest`: a lower value
    is better (times over distances).
    Returns `best` (d,), `day` (d,) and `row` (d,) of the workout it is from, NaN where nobody has one, and `n` workouts
    in the window.

    >>> bests = personal_bests([10, 20], [[300.0, 250.0], [320.0, np.nan]])  # W at two durations
    >>> bests["best"], bests["day"]
    (array([320., 250.]), array([20., 10.]))
    """
    days, values = np.asarray(day, dtype=np.float64), np.asarray(curve, dtype=np.float64)
    if values.ndim != 2 or days.shape != values.shape[:1]:
        raise DataError(
            f"{days.size} days have curves of shape {values.shape}", why="one row of the curve a workout is expected"
        )
    inside = days >= (-np.inf if first is None else first)
    inside &= days <= (np.inf if last is None else last)
    # the earliest first, so that argmax finds it among equals
    rows = np.flatnonzero(inside)[np.argsort(days[inside], kind="stable")]
    sign = -1.0 if lowest else 1.0
    chosen = np.where(np.isfinite(values[rows]), sign * values[rows], -np.inf)
    if not len(rows):
        nothing = np.full(values.shape[1], np.nan)
        return {"best": nothing, "day": nothing, "row": nothing, "n": 0}
    place = chosen.argmax(axis=0)
    best = chosen[place, np.arange(values.shape[1])]
    known = np.isfinite(best)
    return {
        "best": np.where(known, sign * best, np.nan),
        "day": np.where(known, days[rows[place]], np.nan),
        "row": np.where(known, rows[place], np.nan),
        "n": len(rows),
    }
