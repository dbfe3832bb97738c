"""W' balance by the integral model."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.wprime import integral_balance, recovery_gap, time_constant


@algorithm(
    id="wbal_integral",
    version="1.0.0",
    inputs={"power": "W", "critical_power": "W", "w_prime": "J"},
    output=("W' balance after each sample", "J"),
    source="Skiba, Chidnok, Vanhatalo & Jones 2012, Med Sci Sports Exerc 44:1526-1532",
    validity=Validity.ROUGH,
    limits=(
        "without `tau` it looks ahead: the time constant comes from the whole ride, so an early value changes with "
        "what follows; prefer wbal_differential",
        "critical power and W' of the two-parameter model; in team pursuits all models were too "
        "variable for effective use, individual rates differ",
        "a negative balance is shown: it says that critical power or W' is set too low",
        "through missing power the balance is held: a stop without a recording counts as no recovery",
        "undefined where no sample is below critical power and no time constant is given",
    ),
)
def wbal_integral(power: Any, critical_power: Any, w_prime: Any, *, tau: float | None = None, step: float = 1.0) -> Any:
    """W' balance, integral model.

    `W'bal(t) = W' - sum over u <= t of max(0, P_u - CP) dt exp(-(t - u) / tau)`. `power` (..., n) [W] evenly spaced,
    NaN where missing; `critical_power` [W] and `w_prime` [J] numbers or (...). Returns (..., n) [J]. Raises DataError
    unless critical_power, w_prime, tau and step are above zero.

    Parameters: `tau` [s] time constant of recovery, from the ride if None (wbal_tau_skiba2012); `step` [s] between
    samples.

    >>> float(wbal_integral(list(range(100)), 25, 2000)[75])  # W, W, J -> J
    750.7742
    """
    constant = time_constant(recovery_gap(power, critical_power)) if tau is None else tau
    return integral_balance(power, critical_power, w_prime, constant, step)
