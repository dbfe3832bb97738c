"""Cadence against what the athlete's own cadence is at that speed."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative

ONE_LEG = 120.0
"""1/min; a lower median cadence of running counts one leg"""


@algorithm(
    id="cadence_residual",
    version="1.0.0",
    inputs={"past_speed": "m/s", "past_cadence": "1/min", "speed": "m/s", "cadence": "1/min"},
    output=("cadence above the own expectation", "steps/min"),
    source="Median of pairwise slopes (Theil 1950; Sen 1968, J Am Stat Assoc 63:1379) of the athlete's own runs",
    validity=Validity.USEFUL,
    limits=(
        "against the athlete's own runs, not against 180: no cadence is right for everybody",
        "only speeds within the range of the past runs have an expectation",
        "hills, fatigue and another device move it too; running only",
    ),
)
def cadence_residual(
    past_speed: Any, past_cadence: Any, speed: float, cadence: float, *, least: int = 10
) -> dict[str, Any]:
    """Cadence residual.

    The line through past runs, with the median of all pairwise slopes and the median intercept, gives the cadence
    expected at `speed` [m/s]; the residual is `cadence` less that. `past_speed` [m/s], `past_cadence` [1/min] (n,), NaN
    left out. Devices that count one leg are recognised: a median of the past, or a cadence, below 120 is doubled.
    Raises DataError when the two pasts differ in length.

    Parameters: `least` [1] past runs that are needed.
    Returns `expected`, `residual` [steps/min], None with too few past runs or a speed outside theirs; `n` [1] past runs
    used, `doubled` whether the cadence was.

    >>> past = np.linspace(2.5, 4.0, 12)
    >>> cadence_residual(past, 150 + 6 * past, 3.0, 85)
    {'expected': 168.0, 'residual': 2.0, 'n': 12, 'doubled': True}
    """
    v, steps = np.asarray(past_speed, dtype=np.float64), np.asarray(past_cadence, dtype=np.float64)
    if v.shape != steps.shape:
        raise DataError(f"{v.size} speeds have {steps.size} cadences", why="one cadence per run")
    not_negative(past_speed=v, past_cadence=steps, speed=speed, cadence=cadence)
    known = np.isfinite(v) & (steps > 0)
    v, steps = v[known], steps[known]
    doubled = bool(cadence is not None and cadence < ONE_LEG)
    found = {"expected": None, "residual": None, "n": len(v), "doubled": doubled}
    if len(v) < least or speed is None or cadence is None or not v.min() <= speed <= v.max() or not cadence > 0:
        return found
    if np.median(steps) < ONE_LEG:
        steps = 2 * steps
    first, second = np.triu_indices(len(v), 1)
    apart = v[second] != v[first]
    slope = 0.0
    if apart.any():
        slope = float(np.median((steps[second] - steps[first])[apart] / (v[second] - v[first])[apart]))
    expected = float(np.median(steps - slope * v)) + slope * float(speed)
    return {**found, "expected": expected, "residual": float(cadence) * (2 if doubled else 1) - expected}
