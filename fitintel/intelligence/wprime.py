"""W'bal: what is left of the work above critical power, as an exact recurrence without a loop over samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.values import positive

Floats = NDArray[np.float64]

FALL = 500.0
"""Within a block the weights fall by exp(-500) at most, far from where floats end (exp(-708))."""


def fading_sum(fall: Any, gain: Any, start: Any = 0.0) -> Floats:
    """`y_t = exp(-fall_t) y_{t-1} + gain_t` along the last axis, from `y_{-1} = start`; (..., n), exact, O(n).

    `fall` and `gain` >= 0: nothing cancels, so that the relative error stays below n times that of one float.
    In a block `y_t = E_t (y_0 + sum of gain_s / E_s)` with `E_t = exp(-sum of fall)`: two cumulative sums.

    >>> fading_sum([0.0, np.log(2), 0.0], [8.0, 0.0, 1.0])
    array([8., 4., 5.])
    """
    fall, gain = np.broadcast_arrays(np.asarray(fall, dtype=np.float64), np.asarray(gain, dtype=np.float64))
    return _fade(fall.copy(), gain.copy(), start)


def _fade(fall: Floats, gain: Floats, start: Any) -> Floats:
    """`fading_sum` into `gain`; `fall` is used up too: at this size every new array costs as much as the sums."""
    n = fall.shape[-1]
    steepest = float(fall.max(initial=0.0))
    block = n if steepest == 0 else max(1, int(min(FALL / steepest, n)))
    level = np.broadcast_to(np.asarray(start, dtype=np.float64), fall.shape[:-1])
    for begin in range(0, n, max(1, block)):
        weight, total = fall[..., begin : begin + block], gain[..., begin : begin + block]
        np.cumsum(weight, axis=-1, out=weight)
        # a single step may fall farther than floats reach: exp gives 0 there, and 0 is what is left
        np.exp(np.negative(weight, out=weight), out=weight)
        if block == 1:
            total += weight * level[..., None]
        else:
            total /= weight
            np.cumsum(total, axis=-1, out=total)
            total += level[..., None]
            total *= weight
        level = total[..., -1]
    return gain


def differential_balance(power: Any, critical_power: Any, w_prime: Any, start: Any = None, step: float = 1.0) -> Floats:
    """W'bal [J] after each sample, by the differential model with the exact exponential step; (..., n).

    Above critical power `W <- W - (P - CP) step`, below it `W <- W' - (W' - W) exp(-(CP - P) step / W')`.
    `power` (..., n) [W], one sample every `step` [s]; `critical_power` [W], `w_prime` and `start` [J] numbers or (...).
    Where power is missing (NaN) the balance is NaN and then goes on from where it was. Never cut at 0.
    Raises DataError unless critical_power, w_prime and step are above zero.

    >>> differential_balance([350, 350, 250, 150], 250, 20_000)
    array([19900. , 19800. , 19800. , 19800.99750])
    """
    positive(critical_power=critical_power, w_prime=w_prime, step=step)
    above, known = _above(power, critical_power)
    whole = np.asarray(w_prime, dtype=np.float64)
    fall = np.minimum(above, 0.0)
    fall *= -step / whole[..., None]
    np.maximum(above, 0.0, out=above)
    above *= step
    spent = _fade(fall, above, 0.0 if start is None else whole - np.asarray(start, dtype=np.float64))
    return _left(whole, spent, known)


def integral_balance(power: Any, critical_power: Any, w_prime: Any, tau: Any, step: float = 1.0) -> Floats:
    """W'bal [J] after each sample, by the integral model: every expenditure fades with the time constant `tau` [s].

    `W'bal(t) = W' - sum over u <= t of max(0, P_u - CP) step exp(-(t - u) / tau)`. Shapes and missing values as in
    `differential_balance`. Raises DataError unless critical_power, w_prime, tau and step are above zero.

    >>> integral_balance([350, 100, 100], 250, 20_000, tau=400)
    array([19900. , 19900.24968, 19900.49875])
    """
    positive(critical_power=critical_power, w_prime=w_prime, tau=tau, step=step)
    above, known = _above(power, critical_power)
    np.maximum(above, 0.0, out=above)
    above *= step
    fall = step / np.asarray(tau, dtype=np.float64)[..., None]
    falls = np.full(above.shape, np.where(np.isnan(fall), 0.0, fall))
    if known is not None:
        falls *= known
    spent = _fade(falls, above, 0.0)
    return _left(np.asarray(w_prime, dtype=np.float64) + 0.0 * np.asarray(tau, dtype=np.float64), spent, known)


def recovery_gap(power: Any, critical_power: Any) -> Floats:
    """D_CP [W]: critical power less the mean of all power samples below it; NaN if none is below. (..., n) -> (...).

    >>> float(recovery_gap([100, 200, 300], 250))
    100.0
    """
    positive(critical_power=critical_power)
    above, _ = _above(power, critical_power)
    below = above < 0
    count = below.sum(axis=-1)
    gap: Floats = np.divide(
        -np.where(below, above, 0.0).sum(axis=-1), count, out=np.full(count.shape, np.nan), where=count > 0
    )
    return gap


def time_constant(gap: Any) -> Floats:
    """Recovery time constant [s] of a gap D_CP [W]: `546 exp(-0.01 D_CP) + 316` (Skiba 2012, MSSE 44:1526).

    >>> float(time_constant(150))
    437.829
    """
    tau: Floats = 546.0 * np.exp(-0.01 * np.asarray(gap, dtype=np.float64)) + 316.0
    return tau


def _above(power: Any, critical_power: Any) -> tuple[Floats, NDArray[np.bool_] | None]:
    """Power above critical power [W], 0 where it is missing; which samples are known, None if all are."""
    above = np.asarray(power, dtype=np.float64) - np.asarray(critical_power, dtype=np.float64)[..., None]
    known = np.isfinite(above)
    if known.all():
        return above, None
    above[~known] = 0.0
    return above, known


def _left(whole: Floats, spent: Floats, known: NDArray[np.bool_] | None) -> Floats:
    np.subtract(whole[..., None], spent, out=spent)
    if known is not None:
        spent[~known] = np.nan
    return spent
