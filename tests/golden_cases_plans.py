"""Golden inputs of what is planned: expected load, what became of plans, and the load chart continued."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.workouts import Workouts

_ROWS = Workouts.from_rows([
    *({"id": f"r{n}", "day": n, "sport": "running", "duration": 1800.0 + 60 * n, "distance": 5000.0 + 300 * n}
      for n in range(8)),
    {"id": "c", "day": 6, "sport": "cycling", "duration": 5400.0, "distance": 40_000.0},
])  # fmt: skip
_LOADS = {"id": _ROWS["id"], "load": np.linspace(30.0, 60.0, len(_ROWS))}
_PLANS = [
    {"day": day, "number": number, "sport": sport, "duration": duration, "distance": distance, "rpe": None}
    for day, number, sport, duration, distance in (
        (3, 1, "running", 2000.0, None), (4, 1, "running", 5000.0, None), (6, 1, "running", None, 6500.0),
        (6, 2, "swimming", 1800.0, None), (8, 1, "running", 3600.0, None), (8, 2, "cycling", 3600.0, None),
    )
]  # fmt: skip
_CHART = {"ctl": np.array([40.0, 41.0]), "atl": np.array([50.0, 48.0])}

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "planned_load": [([_LOADS, _ROWS, _PLANS, 8], {})],
    "plan_met": [([_ROWS, _PLANS, 8], {})],
    "pmc_ahead": [([_CHART, [[80.0, 0.0, 60.0], [0.0, 0.0, 0.0]]], {})],
    "usual_weekday": [
        ([{"day": np.arange(30), "training": np.arange(30) % 2 * 1.0, "duration": np.arange(30) * 60.0}], {})
    ],
}

_DAYS = np.arange(20367, 20367 + 140)
_TRAINED = np.tile([[1, 1, 0, 0, 0, 1, 0], [0, 0, 0, 1, 1, 0, 0]], (10, 1)).ravel().astype(float)
_GAPS = np.tile(np.concatenate([np.full(70, 600.0), np.zeros(14), np.full(21, 200.0)]), 5)
CASES |= {
    "after_kept_days": [([{"day": _DAYS, "training": _TRAINED}, [0, 1, 5]], {})],
    "eased_weeks": [
        ([{"day": _DAYS, "load": _TRAINED * 60 * (1 + _DAYS // 7 % 3)}, {"tsb": np.cos(_DAYS / 9.0) * 20}], {})
    ],
    "after_gaps": [([{"day": np.arange(len(_GAPS)), "duration": _GAPS}], {})],
}

_WEEKS = {"day": _DAYS[:137], "training": _TRAINED[:137], "duration": _TRAINED[:137] * 1800.0}
_LOAD = _TRAINED * (40.0 + _DAYS % 9)
_SMOOTHED = {"ctl": np.full(140, 15.0), "atl": np.full(140, 18.0)}
_WAYS = [
    {"sessions": 4.0, "ramp": 0.0, "taper": 0, "miss": None},
    {"sessions": 5.0, "ramp": 0.05, "taper": 7, "miss": 2},
]
CASES |= {
    "week_goal": [([_WEEKS], {"goal": 3.0}), ([_WEEKS], {"goal": 5400.0, "quantity": "duration"})],
    "ctl_goal": [([{"load": _LOAD}, _SMOOTHED], {"target": 16.0, "ahead": 24})],
    "what_if": [([{"day": _DAYS, "load": _LOAD}, _SMOOTHED, _WAYS], {"weeks": 6})],
}
