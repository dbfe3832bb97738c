"""Critical power, W' and highest power from maximal efforts, by the model of three parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.hyperbola import fit_time, usable
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.regression import half_width
from fitintel.intelligence.values import answer, not_negative, positive

NAMES = ("critical_power", "w_prime", "power_max")


@algorithm(
    id="critical_power_3p",
    version="1.0.0",
    inputs={"power": "W", "duration": "s"},
    output=("critical power, W' and highest power", "W, J, W"),
    source="Morton 1996, Ergonomics 39:611-619",
    validity=Validity.USEFUL,
    limits=(
        "4 or more maximal efforts from some seconds to 20 minutes; submaximal ones put critical power too low",
        "critical power comes out lower and W' larger than by two parameters: never mix them in W'bal",
        "undefined where the efforts show no bend at short times: the highest power would be infinite",
        "give a measured peak of 1 to 5 s as `highest`: without it the highest power is hardly determined",
    ),
)
def critical_power_3p(
    power: Any, duration: Any, *, highest: float | None = None, level: float = 0.95
) -> dict[str, Any]:
    """Critical power, W' and highest power (three parameters).

    `t = W'/(P - CP) + W'/(CP - Pmax)`, the sum of squared relative errors of the time least. `power` [W] held for
    `duration` [s], (..., n) efforts, NaN for none. Raises DataError unless both are above zero, and
    none of the powers above `highest`.

    Parameters: `highest` [W] measured peak power, an upper bound of the fitted one; `level` [1] of the confidence
    intervals.
    Returns `critical_power` [W], `w_prime` [J], `power_max` [W], each with `_low` and `_high` (undefined below four
    efforts), `see` [1], relative error of the time, `n`, `usable`: whether number and durations can carry it.

    >>> time = [10, 30, 120, 300, 1200]  # s
    >>> watts = [213 + 28066 / (t + 28066 / (631 - 213)) for t in time]
    >>> found = critical_power_3p(watts, time)
    >>> found["critical_power"], found["w_prime"], found["power_max"]  # W, J, W
    (213.0, 28066.0, 631.0)
    """
    positive(power=power, duration=duration)
    if highest is not None:
        not_negative(**{"highest - power": highest - np.asarray(power, dtype=np.float64)})
    fit = fit_time(power, duration, bend=True, highest=np.inf if highest is None else highest)
    width = half_width(fit.errors, (fit.n - len(NAMES))[..., None], level)
    found: dict[str, Any] = {"see": answer(fit.see), "n": answer(fit.n)}
    for place, (name, value) in enumerate(zip(NAMES, (fit.critical_power, fit.w_prime, fit.power_max), strict=True)):
        found[name] = answer(value)
        found[f"{name}_low"] = answer(value - width[..., place])
        found[f"{name}_high"] = answer(value + width[..., place])
    carried = usable(duration, fit.n, least=4, window=(0.0, 1200.0)) & np.isfinite(fit.power_max)
    return found | {"usable": bool(carried) if carried.ndim == 0 else carried}
