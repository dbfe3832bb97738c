"""What load a planned workout may be expected to be, from the athlete's own sessions of that sport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="planned_load",
    version="1.0.0",
    inputs={"loads": "load per workout", "workouts": "workouts", "plans": "planned workouts", "day": "day number"},
    output=("expected load of each planned workout", "unit of the load"),
    source="Definition: quantiles of the athlete's own load per minute (or per metre) in the sport, times the plan",
    validity=Validity.USEFUL,
    limits=(
        "the plan's effort is not read: a hard session is expected at the load of a usual one of its length",
        "the interval is the spread of the athlete's own sessions, not an error of measurement",
        "nothing is said below five sessions of the sport in the last year",
    ),
)
def planned_load(
    loads: Mapping[str, Any], workouts: Workouts, plans: Sequence[Mapping[str, Any]], day: int, *, days: int = 365,
    least: int = 5, low: float = 0.1, high: float = 0.9,
) -> dict[str, Any]:  # fmt: skip
    """Expected load of planned workouts.

    Load of each planned `duration` [s], or `distance` [m] where that is all the plan says, at the athlete's own rate in
    that `sport` over the `days` before `day`: the median rate, and its quantiles `low` and `high`.

    Parameters: `days` [d]; `least` [1] sessions needed; `low`, `high` [1] quantiles of the interval.
    Returns, one for each plan in its order, `load`, `low`, `high` float64[n] (NaN where nothing can be said) and `n`,
    the sessions behind each, int64[n].

    >>> w = Workouts.from_rows([{"id": str(i), "day": i, "sport": "running", "duration": 1800.0} for i in range(5)])
    >>> loads = {"id": w["id"], "load": np.array([28.0, 29.0, 30.0, 31.0, 32.0])}
    >>> found = planned_load(loads, w, [{"sport": "running", "duration": 3600.0, "distance": None}], 5)
    >>> found["load"].tolist(), found["low"].tolist(), found["n"].tolist()
    ([60.0], [56.8], [5])
    """
    rows = workouts.take((workouts["day"] > day - days) & (workouts["day"] < day))
    by_id = dict(zip((str(one) for one in loads["id"]), np.asarray(loads["load"], dtype=np.float64), strict=True))
    load = np.array([by_id.get(str(one), np.nan) for one in rows["id"]], dtype=np.float64)
    sport = rows["sport"].astype(str)
    said = np.full((len(plans), 3), np.nan)
    behind = np.zeros(len(plans), dtype=np.int64)
    for place, plan in enumerate(plans):
        for name in ("duration", "distance"):
            if not plan[name]:
                continue
            usable = (sport == plan["sport"]) & (load > 0) & (rows[name] > 0)
            if usable.sum() >= least:
                rates = np.sort(load[usable] / rows[name][usable])
                said[place] = np.quantile(rates, (0.5, low, high)) * plan[name]
                behind[place] = int(usable.sum())
                break
    return {"load": said[:, 0], "low": said[:, 1], "high": said[:, 2], "n": behind}
