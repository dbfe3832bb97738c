"""Critical speed and D' from races or maximal efforts."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.hyperbola import usable
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.regression import half_width, line
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="critical_speed",
    version="1.0.0",
    inputs={"distance": "m", "duration": "s"},
    output=("critical speed and D'", "m/s, m"),
    source="Hughson, Orok & Staudt 1984, Int J Sports Med 5:23; Jones & Vanhatalo 2017, Sports Med 47:65",
    validity=Validity.USEFUL,
    limits=(
        "efforts must be maximal, 3 or more, of 2 to 20 minutes, the longest at least 3 times the shortest, of 60 days",
        "submaximal efforts in field data put critical power too low",
        "D' is far less certain than the critical speed; a value not above zero is not reported",
        "flat courses: hills and wind go into D'",
    ),
)
def critical_speed(distance: Any, duration: Any, *, level: float = 0.95) -> dict[str, Any]:
    """Critical speed and D'.

    `d = CS t + D'` by least squares of the distance on the time. `distance` [m] covered in `duration` [s], (..., n)
    efforts, NaN for none. Undefined for fewer than two different times, and where D' is not above zero. Raises
    DataError unless both are above zero.

    Parameters: `level` [1] of the confidence intervals.
    Returns `speed` [m/s], `d_prime` [m], each with `_low` and `_high` (undefined for two efforts), `see` [m], `n`,
    `usable`: whether number and durations of the efforts can carry it.

    >>> found = critical_speed([1500, 3000, 5000], [270, 570, 990])  # m, s -> m/s, m
    >>> found["speed"], found["d_prime"]
    (4.8547, 205.2752)
    """
    positive(distance=distance, duration=duration)
    fit = line(duration, distance)
    sound = np.where(fit.intercept > 0, 0.0, np.nan)
    found: dict[str, Any] = {"see": answer(fit.see + sound), "n": answer(fit.n)}
    for name, value, error in (
        ("speed", fit.slope, fit.slope_error),
        ("d_prime", fit.intercept, fit.intercept_error),
    ):
        width = half_width(error, fit.n - 2, level)
        found[name] = answer(value + sound)
        found[f"{name}_low"], found[f"{name}_high"] = answer(value - width + sound), answer(value + width + sound)
    carried = usable(duration, fit.n) & np.isfinite(sound)
    return found | {"usable": bool(carried) if carried.ndim == 0 else carried}
