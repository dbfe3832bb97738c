"""Inputs of classification that no brief runs any more."""

from __future__ import annotations

from typing import Any

from fitintel.core.workouts import Workouts

_ROWS = [
    {
        "id": f"c{at:02}", "day": 20_000 + at, "sport": ("running", "walking", "hiking", "cycling")[at % 4],
        "duration": 1500.0 + 250.0 * at, "distance": (0.7 + 0.13 * at) * (1500.0 + 250.0 * at),
        "cadence": 100.0 + 3.0 * at if at % 3 else None,
    }
    for at in range(24)
]  # fmt: skip

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "workout_type": [([Workouts.from_rows(_ROWS)], {})],
}
