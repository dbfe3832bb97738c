"""Weekly series of a history, as forecasts and trends take them."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.registry import get

SUBJECTS = ("load", "distance", "duration", "ctl")


def weekly_series(workouts: Workouts) -> dict[str, tuple[Any, Any]]:
    """subject -> (Mondays (n,), values (n,)), of complete weeks; empty without workouts.

    `load`, `distance` [m] and `duration` [s] are totals of the week, `ctl` is CTL at its end.

    Load is what `session_load` gives: one method for the whole history. `ctl` begins when CTL has warmed up.
    """
    if not len(workouts):
        return {}
    rows = workouts.select(ANALYSIS).ordered()
    day = int(rows["day"][-1])
    weekly = get("weekly_totals")(get("daily_totals")(rows, day))
    week = np.asarray(weekly["week"])
    loads = get("daily_load")(get("session_load")(rows), day)
    load = get("weekly_load")(loads, get("pmc")(loads), weekly)
    totals = {name: (week, weekly[name]) for name in ("distance", "duration")}
    return {"load": (week, load["load"]), "ctl": (load["warm_week"], load["ctl"]), **totals}
