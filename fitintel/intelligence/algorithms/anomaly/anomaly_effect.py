"""What figures would be without a workout that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.days import week_start
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="anomaly_effect",
    version="1.0.0",
    inputs={"workouts": "rows", "anomalies": "workout_anomaly", "loads": "session_load or load_hierarchy", "day": "d"},
    output=("week, fitness and records with and without a workout", "SI"),
    source="Definition: the same sums without the workout; fitness (CTL) is linear in the loads, so that the share "
    "of one load in it is known exactly",
    validity=Validity.HIGH,
    limits=(
        "what a breached rule keeps out of a figure already has no effect on it",
        "of records only the longest way and time and the highest mean speed of the sport's last year are looked at",
    ),
)
def anomaly_effect(
    workouts: Workouts, anomalies: Mapping[str, Any], loads: Mapping[str, Any], day: int, *, within: int = 7,
    days: float = 42.0,
) -> dict[str, Any]:  # fmt: skip
    """Effect of leaving a workout out.

    For each workout of `anomalies` of the last `within` days before `day` [day number]: distance and time of its
    calendar week with it and without it, what its load adds to fitness (CTL) on `day`:
    `load (1 - exp(-1 / days)) exp(-age / days)`, and which yearly records of its sport it holds.

    Parameters: `within` [d]; `days` [d] time constant of fitness.
    Returns columns by workout: `id`, `week_distance`, `week_distance_without` [m], `week_duration`,
    `week_duration_without` [s], `fitness` [load/d], `records` (names, separated by blanks: distance, duration, speed).

    >>> w = Workouts.from_rows([{"id": name, "day": 20003, "sport": "running", "duration": 1800.0, "distance": d}
    ...                         for name, d in (("a", 5e3), ("b", 5e4))])
    >>> found = anomaly_effect(w, {"id": ["b"], "day": [20003]}, {"id": ["a", "b"], "load": [30.0, 300.0]}, 20003)
    >>> found["week_distance"], found["week_distance_without"], found["records"][0], found["fitness"].round(1)
    (array([55000.]), array([5000.]), 'distance speed', array([7.1]))
    """
    rows = workouts.ordered()
    flags = rows["flags"].tolist()
    used = {name: np.where(spoiled_rows(flags, what), np.nan, rows[name])
            for name, what in (("distance", Spoils.DISTANCE), ("duration", Spoils.DURATION))}  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        used["speed"] = np.where(spoiled_rows(flags, Spoils.PACE), np.nan, used["distance"] / used["duration"])
    recent = [str(name) for name, on in zip(anomalies["id"], anomalies["day"], strict=True) if 0 <= day - on < within]
    wanted = set(recent)
    load = {str(name): float(of) for name, of in zip(loads["id"], loads["load"], strict=True) if name in wanted}
    place = {str(name): at for at, name in enumerate(rows["id"].tolist()) if name in wanted}
    columns: dict[str, list[Any]] = {name: [] for name in (
        "id", "week_distance", "week_distance_without", "week_duration", "week_duration_without", "fitness", "records",
    )}  # fmt: skip
    share = 1 - np.exp(-1 / days)
    for name in recent:
        at = place[name]
        columns["id"].append(name)
        others = np.arange(len(rows)) != at
        monday = week_start(int(rows["day"][at]))
        same_week = (rows["day"] >= monday) & (rows["day"] < monday + 7)
        for field in ("distance", "duration"):
            columns[f"week_{field}"].append(float(np.nansum(used[field][same_week])))
            columns[f"week_{field}_without"].append(float(np.nansum(used[field][same_week & others])))
        age = day - int(rows["day"][at])
        columns["fitness"].append(float(load.get(name, 0.0) * share * np.exp(-age / days)))
        year = others & (rows["sport"] == rows["sport"][at]) & (rows["day"] > day - 365)
        held = [field for field, values in used.items()
                if np.isfinite(values[at]) and values[at] > np.nanmax(values[year], initial=-np.inf)]  # fmt: skip
        columns["records"].append(" ".join(held))
    texts = ("id", "records")
    return {name: np.array(found, dtype=object if name in texts else np.float64) for name, found in columns.items()}
