"""Fits of the hyperbola of time to exhaustion on power, with the error where it is: in the time.

A test to exhaustion at a given power repeats within a share of its time, so the sum of squared *relative* errors of the
time is least. For a given critical power the other parameters are linear; what remains is a search in one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID = np.geomspace(1e-6, 1.0, 61)
"""Gaps between the lowest power and critical power that are tried first, as shares of the lowest power."""
ZOOM = np.linspace(-1.0, 1.0, 21)
ROUNDS = 11
"""Each round narrows the gap twentyfold, by the sign of the slope: that is exact where a sum of squares is flat."""

USUAL_TIMES = (120.0, 1200.0)
"""s; efforts between 2 and 20 minutes are those that the two-parameter model describes"""


@dataclass(frozen=True, slots=True)
class Hyperbola:
    """`t = W'/(P - CP) - W'/(Pmax - CP)`; fields have the shape of the batch, NaN where the efforts determine none."""

    critical_power: Floats
    w_prime: Floats
    power_max: Floats
    """infinite in the model of two parameters"""
    see: Floats
    """relative error of the time, 1"""
    errors: Floats
    """(..., parameters) standard errors in the order of the fields"""
    n: Floats


def fit_time(power: Any, duration: Any, *, bend: bool = False, highest: Any = np.inf) -> Hyperbola:
    """Critical power [W] and W' [J] of efforts `power` [W] held for `duration` [s], (..., n), NaN for none.

    With `bend` a third parameter, the highest power Pmax [W], not above `highest` (a measured peak).

    >>> found = fit_time([450.0, 350.0, 300.0], [100.0, 200.0, 400.0])
    >>> float(found.critical_power), float(found.w_prime)
    (250., 20000.)
    """
    power, duration = np.broadcast_arrays(np.asarray(power, dtype=np.float64), np.asarray(duration, dtype=np.float64))
    known = np.isfinite(power) & np.isfinite(duration) & (power > 0) & (duration > 0)
    n = known.sum(axis=-1).astype(np.float64)
    lowest = np.where(known, power, np.inf).min(axis=-1, initial=np.inf)
    determined = (n >= (3 if bend else 2)) & (np.where(known, power, 0.0).max(axis=-1, initial=0.0) > lowest)
    lowest = np.where(determined, lowest, 1.0)
    watts = np.where(known, power, np.nan)[..., None, :]
    rate = np.where(known, 1.0 / np.where(known, duration, 1.0), 0.0)[..., None, :]
    top = np.broadcast_to(np.asarray(highest, dtype=np.float64), lowest.shape)[..., None]

    squares = _inner(watts, rate, lowest[..., None] * -np.expm1(np.log(GRID)), top, bend)[0]
    best, step = np.log(GRID)[squares.argmin(axis=-1)][..., None], float(np.log(GRID[1] / GRID[0]))
    for _ in range(ROUNDS):
        share = np.minimum(best + step * ZOOM, 0.0)
        slope = _inner(watts, rate, lowest[..., None] * -np.expm1(share), top, bend)[3]
        # the critical power falls along `share`: beyond the least sum of squares its slope is negative
        beyond = slope <= 0
        place = np.where(beyond.any(axis=-1), beyond.argmax(axis=-1), len(ZOOM) - 1)[..., None]
        step *= (ZOOM[1] - ZOOM[0]) / 2
        best = np.minimum(np.take_along_axis(share, place, axis=-1) - step, 0.0)
    # at either end of the grid the efforts do not fall with time as a hyperbola does
    determined &= (best[..., 0] > np.log(GRID[0]) + 1e-3) & (best[..., 0] < -1e-3)
    critical = lowest[..., None] * -np.expm1(best)
    squares, work, offset, _ = (part[..., 0] for part in _inner(watts, rate, critical, top, bend))
    critical = critical[..., 0]
    determined &= work > 0
    if bend:
        determined &= offset > 0
    nothing = np.where(determined, 0.0, np.nan)
    peak = critical + np.divide(work, offset, out=np.full(work.shape, np.inf), where=offset > 0) + nothing
    parameters = 3 if bend else 2
    variance = squares / np.where(n > parameters, n - parameters, np.nan)
    errors = _errors(watts[..., 0, :], rate[..., 0, :], critical, work, offset, variance + nothing, bend)
    return Hyperbola(critical + nothing, work + nothing, peak, np.sqrt(variance) + nothing, errors, n)


def usable(duration: Any, n: Any, *, least: int = 3, window: tuple[float, float] = USUAL_TIMES) -> NDArray[np.bool_]:
    """Whether efforts can carry a fit: `least` of them, within `window` [s], the longest at least 3 times the shortest.

    >>> bool(usable([120.0, 600.0, 1200.0], 3)), bool(usable([300.0, 400.0, 500.0], 3))
    (True, False)
    """
    duration = np.asarray(duration, dtype=np.float64)
    known = np.isfinite(duration)
    shortest = np.where(known, duration, np.inf).min(axis=-1, initial=np.inf)
    longest = np.where(known, duration, -np.inf).max(axis=-1, initial=-np.inf)
    carried: NDArray[np.bool_] = (
        (np.asarray(n) >= least) & (shortest >= window[0]) & (longest <= window[1]) & (longest >= 3 * shortest)
    )
    return carried


def _inner(watts: Floats, rate: Floats, critical: Floats, top: Floats, bend: bool) -> tuple[Floats, ...]:
    """Least squares of `1 = W' z - offset q`, z = 1/(t (P - CP)), q = 1/t, at each critical power.

    Sum of squares, W', offset, and half the slope of the sum over critical power; the linear parameters being at their
    best, they do not enter it.
    """
    inverse = np.nan_to_num(1.0 / (watts - critical[..., None]), nan=0.0, posinf=0.0, neginf=0.0)
    z, one = rate * inverse, (rate > 0).astype(np.float64)
    szz, sz = (z * z).sum(axis=-1), z.sum(axis=-1)
    work = sz / np.where(szz > 0, szz, 1.0)
    if not bend:
        rest = one - work[..., None] * z
        slope = -work * (rest * z * inverse).sum(axis=-1)
        return (rest**2).sum(axis=-1), work, np.zeros_like(work), slope
    q = np.broadcast_to(rate, z.shape)
    sqq, sq, szq = (q * q).sum(axis=-1), q.sum(axis=-1), (z * q).sum(axis=-1)
    area = szz * sqq - szq**2
    flat = area <= 1e-14 * szz * sqq
    area = np.where(flat, 1.0, area)
    free_work, free_offset = (sz * sqq - sq * szq) / area, (sz * szq - sq * szz) / area
    # a peak above `highest`, or none: hold it there, and one linear parameter is left
    bounded = np.isfinite(top)
    least = np.where(bounded, 1.0 / np.where(bounded, top - critical, 1.0), 0.0)
    over = flat | (free_offset <= 0) | (free_work <= 0) | (free_offset < free_work * least)
    held = z - q * least[..., None]
    shh = (held * held).sum(axis=-1)
    work = np.where(over, held.sum(axis=-1) / np.where(shh > 0, shh, 1.0), free_work)
    offset = np.where(over, work * least, free_offset)
    rest = one - work[..., None] * z + offset[..., None] * q
    moves = z * inverse - np.where(over, least, 0.0)[..., None] ** 2 * q
    return (rest**2).sum(axis=-1), work, offset, -work * (rest * moves).sum(axis=-1)


def _errors(
    watts: Floats, rate: Floats, critical: Floats, work: Floats, offset: Floats, variance: Floats, bend: bool
) -> Floats:
    """Standard errors from the slopes of the relative time, each taken per share of its parameter."""
    inverse = np.nan_to_num(1.0 / (watts - critical[..., None]), nan=0.0, posinf=0.0)
    gap = np.where(work > 0, offset / np.where(work > 0, work, 1.0), 0.0)[..., None]
    held = work[..., None]
    slopes = [held * (inverse**2 - gap**2) * rate, (inverse - gap) * rate]
    scale = [critical, work]
    if bend:
        slopes.append(held * gap**2 * rate)
        scale.append(critical + np.divide(work, offset, out=np.zeros(work.shape), where=offset > 0))
    size = np.stack(scale, axis=-1)
    jacobian = np.stack(slopes, axis=-1) * size[..., None, :]
    inverted = np.linalg.pinv(jacobian)
    errors: Floats = np.sqrt((inverted**2).sum(axis=-1) * variance[..., None]) * size
    return errors
