"""Critical power and W' from maximal efforts, by the model of two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import UnknownName
from fitintel.intelligence.hyperbola import fit_time, usable
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.regression import half_width, line
from fitintel.intelligence.values import answer, positive

FORMS = {"time": "1", "inverse_time": "W", "work_time": "J"}
"""form -> unit of its standard error of the estimate"""


@algorithm(
    id="critical_power_2p",
    version="1.0.0",
    inputs={"power": "W", "duration": "s"},
    output=("critical power and W'", "W, J"),
    source="Monod & Scherrer 1965, Ergonomics 8:329; Moritani 1981, Ergonomics 24:339; Clarke & Skiba 2013, Adv "
    "Physiol Educ 37:134-152",
    validity=Validity.USEFUL,
    limits=(
        "efforts must be maximal, 3 or more, of 2 to 20 minutes, the longest at least 3 times the shortest, of 60 days",
        "submaximal efforts in field data put critical power too low",
        "the three forms give different answers on real data: the form belongs to the number",
        "W' is uncertain by 10 to 20 % even after good tests; critical power is 5 to 10 % above the maximal lactate "
        "steady state",
        "not valid below 2 and above 30 to 40 minutes; not to be mixed with values of the three-parameter model",
    ),
)
def critical_power_2p(power: Any, duration: Any, *, form: str = "time", level: float = 0.95) -> dict[str, Any]:
    """Critical power and W' (two parameters).

    `P = CP + W'/t`. `power` [W] held for `duration` [s], (..., n) efforts, NaN for none. Undefined for fewer than two
    different powers, and where the fitted W' is not above zero. Raises DataError unless powers and durations are above
    zero, UnknownName for another form.

    Parameters: `form` what is fitted: time (`t = W'/(P - CP)`, least relative error of the time), inverse_time (`P` on
    `1/t`) or work_time (`P t` on `t`); `level` [1] of the confidence intervals.
    Returns `critical_power` [W], `w_prime` [J], each with `_low` and `_high` (undefined for two efforts), `see` in
    `see_unit`, `n`, `form`, and `usable`: whether number and durations of the efforts can carry it.

    >>> found = critical_power_2p([453, 430, 405, 375, 360], [160, 205, 260, 430, 685], form="inverse_time")
    >>> found["critical_power"], found["w_prime"]  # W, J
    (330.0974, 19857.1501)
    """
    if form not in FORMS:
        raise UnknownName("form of the critical power model", form, FORMS)
    positive(power=power, duration=duration)
    watts, time = np.asarray(power, dtype=np.float64), np.asarray(duration, dtype=np.float64)
    if form == "time":
        fit = fit_time(watts, time)
        critical, work, see, n = fit.critical_power, fit.w_prime, fit.see, fit.n
        errors = fit.errors[..., 0], fit.errors[..., 1]
    elif form == "inverse_time":
        straight = line(1.0 / time, watts)
        critical, work, see, n = straight.intercept, straight.slope, straight.see, straight.n
        errors = straight.intercept_error, straight.slope_error
    else:
        straight = line(time, watts * time)
        critical, work, see, n = straight.slope, straight.intercept, straight.see, straight.n
        errors = straight.slope_error, straight.intercept_error
    sound = np.where(work > 0, 0.0, np.nan)
    found: dict[str, Any] = {"form": form, "see": answer(see + sound), "see_unit": FORMS[form], "n": answer(n)}
    for name, value, error in (("critical_power", critical, errors[0]), ("w_prime", work, errors[1])):
        width = half_width(error, n - 2, level)
        found[name] = answer(value + sound)
        found[f"{name}_low"], found[f"{name}_high"] = answer(value - width + sound), answer(value + width + sound)
    carried = usable(time, n) & np.isfinite(sound)
    return found | {"usable": bool(carried) if carried.ndim == 0 else carried}
