"""Golden inputs of the check by laps: a pulse that falls at even speed, one told already, one after repetitions."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.workouts import Workouts

_COUNT = 24
_RUNS = Workouts.from_rows([
    {"id": f"l{i:02}", "day": i, "sport": "running", "flags": "", "duration": 2400.0, "distance": 7200.0,
     "hr_mean": 140.0 + i % 6, "hr_max": 156.0 + i % 4}
    for i in range(_COUNT)
])  # fmt: skip
_ANOMALIES = {
    "id": ["l22"],
    "day": [22],
    "kind": ["sensor fault"],
    "field": ["speed_max"],
    "value": [31.0],
    "expected": [4.1],
    "score": [6.0],
    "low": [3.0],
    "high": [5.0],
    "why": ["position jump"],
    "hard": [True],
    "compared": {"id": _RUNS["id"], "day": _RUNS["day"], "surprise": np.linspace(0.0, 0.9, _COUNT)},
}
_LAPS = {
    "id": ["l04"] * 3 + ["l20"] * 4 + ["l21"] * 4 + ["l22"] * 4,
    "duration": [600.0] * 15,
    "distance": [1800.0] * 3 + [1800.0, 1800.0, 1790.0, 1760.0] + [1700.0, 2200.0, 1700.0, 1650.0] + [1800.0] * 4,
    "hr_mean": [140.0, 71.0, 68.0, 139.0, 146.0, 84.0, 79.0, 141.0, 168.0, 160.0, 138.0, 138.0, 145.0, 80.0, 81.0],
}

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "lap_anomaly": [([_RUNS, _ANOMALIES, _LAPS], {}), ([_RUNS, _ANOMALIES, _LAPS], {"fall": 60.0, "below": 0.0})],
}
