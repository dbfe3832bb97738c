"""Inputs for forecasts and regimes that the golden history's brief does not run."""

from __future__ import annotations

import numpy as np

DAY = 18000 + 37 * np.arange(24)
SPEED = 3.6 + 0.004 * np.arange(24) + 0.05 * np.sin(2.1 * np.arange(24))
WEEK = 18998 + 7 * np.arange(12)
WEEKLY = {"week": WEEK, "sessions": np.array([1.0, 2, 0] * 2 + [4, 5, 4] * 2),
          "distance": np.array([5e3, 9e3, 0] * 2 + [2e4, 3e4, 2e4] * 2),
          "duration": np.array([2e3, 3e3, 0] * 2 + [7e3, 9e3, 7e3] * 2)}  # fmt: skip

RACES = {"duration": np.array([np.nan, 2500.0, 2480.0, 5600.0, 2450.0]), "sd": np.full(5, 0.015)}
RUN = [2520.0, 2550.0, 2475.0, 5500.0, np.nan]

CASES = {
    "race_goal": [
        ([RACES, RUN], {"target": 2400.0}),
        ([RACES, RUN], {"nominal": 0.5}),
        ([{name: values[:1] for name, values in RACES.items()}, RUN[-1:]], {}),
    ],
    "dated_forecast": [([DAY, SPEED], {}), ([DAY[:5], SPEED[:5]], {}), ([DAY, SPEED], {"ahead": 90, "nominal": 0.5})],
    "regimes": [([WEEKLY, {"week": [int(WEEK[6])]}], {}), ([WEEKLY, {"week": []}], {})],
}
