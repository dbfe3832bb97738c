"""Golden inputs of the load hierarchy: each method once, and what nothing is known of."""

from __future__ import annotations

from typing import Any

from fitintel.core.workouts import Workouts

_ROWS = Workouts.from_rows([
    {"id": "a", "day": 1, "sport": "cycling", "duration": 3600.0, "flags": ""},
    {"id": "b", "day": 2, "sport": "running", "duration": 1800.0, "distance": 6000.0, "flags": ""},
    {"id": "c", "day": 3, "sport": "rowing", "duration": 2400.0, "hr_mean": 150.0, "flags": ""},
    {"id": "d", "day": 4, "sport": "strength", "duration": 3000.0, "rpe": 6.0, "flags": ""},
    {"id": "e", "day": 5, "sport": "rowing", "duration": 1200.0, "flags": ""},
    {"id": "f", "day": 6, "sport": "mobility", "duration": 1200.0, "flags": ""},
])  # fmt: skip
_FIGURES = {"id": ["a"], "weighted_power": [210.0], "graded_speed": [None]}
_STATED = [
    {"kind": kind, "value": value, "sport": "", "valid_from": 0}
    for kind, value in (("power", 250.0), ("speed", 3.8), ("hr_rest", 52.0), ("hr_max", 188.0), ("heart_rate", 168.0))
]

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "load_hierarchy": [([_ROWS, _FIGURES, _STATED], {}), ([_ROWS, _FIGURES, _STATED], {"sex": "female"})],
}
