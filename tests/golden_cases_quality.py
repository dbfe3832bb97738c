"""Golden inputs of the intervals that quality widens."""

from __future__ import annotations

from typing import Any

import numpy as np

_LOADS = {"id": ["a", "b", "c", "d"], "day": [1, 3, 3, 9], "load": [80.0, 120.0, 40.0, 65.0],
          "method": ["power", "heart rate", "session RPE", "MET minutes"],
          "estimated": [0.0, 0.0, 0.0, 1.0]}  # fmt: skip
_QUALITY = {"id": ["a", "b", "c"], "power": [90.0, 100.0, 100.0], "pace": [70.0, 80.0, 100.0],
            "heart_rate": [100.0, 30.0, 100.0], "time": [100.0, 95.0, 1.0]}  # fmt: skip

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "figure_interval": [
        ([np.array([150.0, 160.0, np.nan, 150.0]), np.array([100.0, 36.0, 80.0, np.nan])], {}),
        ([10_000.0, 64.0], {"error": 0.05}),
    ],
    "load_interval": [([_LOADS, _QUALITY], {}), ([_LOADS, _QUALITY], {"unjudged": 100.0, "heart_rate": 0.02})],
    "pmc_interval": [([{"day": np.array([1, 3, 3, 9, 40]), "half": np.array([3.0, 9.0, 2.0, 6.0, 1.0])}, 10], {})],
}
