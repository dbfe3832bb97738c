"""The speed on the flat that would have asked for the same heart rate as a workout on slopes."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.gradient import STEP, gradients
from fitintel.intelligence.gradient_cost import heart_rate_factor
from fitintel.intelligence.registry import algorithm

LEAST = 0.8
"""Share of the way whose gradient must be known."""


@algorithm(
    id="graded_speed", version="1.0.0", title="Grade-adjusted speed",
    inputs={"distance": "m", "elevation": "m", "duration": "s"},
    output=("grade-adjusted speed", "m/s"),
    source="Gradient over 40 m after a 30 m median (Savitzky & Golay 1964, Anal Chem 36:1627); factor of "
           "grade_factor_heart_rate",
    validity=Validity.USEFUL,
    limits=(
        "elevation from satellites alone is too noisy for single hills: a barometer or a terrain model is needed",
        "gradients beyond 0.20 take the factor at 0.20, those beyond 0.45 are faults and take the mean factor",
        "wind, ground and fatigue are not seen",
    ),
)  # fmt: skip
def graded_speed(distance: Any, elevation: Any, duration: float) -> float | None:
    """Grade-adjusted speed.

    `sum(way * factor(gradient)) / duration` over every 5 m of the way. `distance` (n,) [m] from the start, not falling,
    and `elevation` (n,) [m]; `duration` [s] without pauses. None when less than 0.8 of the way has a known gradient.
    Raises DataError for a duration that is not above zero.

    >>> way = np.arange(0.0, 1001.0, 10.0)
    >>> graded_speed(way, 0.10 * way, 500.0)
    2.96
    """
    if not duration > 0:
        raise DataError(f"duration is {duration:g}", why="a number above 0 is expected")
    slope = gradients(distance, elevation)
    known = np.isfinite(slope)
    way = np.asarray(distance, dtype=np.float64)
    span = float(np.nanmax(way) - np.nanmin(way)) if np.isfinite(way).any() else 0.0
    if not len(slope) or known.sum() * STEP < LEAST * span:
        return None
    return float(np.mean(heart_rate_factor(slope[known])) * span / duration)
