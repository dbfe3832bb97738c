"""Banister's impulse-response model: two decaying traces of the daily load, and their weights fitted to tests.

Performance is `p0 + k1 g - k2 h`, where `g` and `h` are sums of the loads so far, each faded by `exp(-age / tau)`.
The load of the day itself counts in full, as in Clarke & Skiba 2013. Given `tau1` and `tau2` the model is linear, so
the weights need no start value and the time constants are searched on a grid that closes in on the best.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.values import not_negative, within

Floats = NDArray[np.float64]

SLOWEST, FASTEST = 120.0, 2.0
"""d; range of time constants that are searched"""
CLOSEST = 1.01
"""least tau1 / tau2: nearer together the weights grow without bound and only their difference is determined"""
GRID = 48
ZOOMS = 8


def trace(load: Any, tau: float) -> Floats:
    """`g_d = g_{d-1} exp(-1/tau) + load_d` along the last axis; `tau` [d].

    >>> trace([100.0, 100.0], 27.0)
    array([100.    , 196.3640])
    """
    if not tau > 0:
        raise ValueError(f"a time constant is above 0 days, got {tau}")
    return decayed(load, math.exp(-1.0 / tau))


def ordered_tests(daily_load: Any, test_day: Any, performance: Any) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Load (n,), index into it of each test in order of time, and the tests' results; tests of NaN are left out.

    `test_day` counts from 1, the first day of the load. Raises DataError for a negative or missing load, or a test
    outside those days.
    """
    load = np.asarray(daily_load, dtype=np.float64)
    not_negative(daily_load=load)
    if np.isnan(load).any():
        raise DataError("a daily load is missing", why="the model needs every day", next="give rest days as 0")
    day, found = np.asarray(test_day, dtype=np.float64), np.asarray(performance, dtype=np.float64)
    if day.shape != found.shape:
        raise DataError(f"{day.size} test days have {found.size} results", why="one result per test day")
    within(1, len(load), test_day=day)
    order = np.argsort(day, kind="stable")
    order = order[np.isfinite(found[order])]
    return load, day[order].astype(np.int64) - 1, found[order]


class Fit(NamedTuple):
    """Fitted model; `sse` in squared units of the performance."""

    p0: float
    k1: float
    k2: float
    tau1: float
    tau2: float
    sse: float


def fit(load: Floats, day: NDArray[np.int64], performance: Floats, tau1: float | None, tau2: float | None) -> Fit:
    """Least-squares weights, none negative, for the tests on `day` (index into `load`); a tau of None is searched."""
    slow = np.array([tau1]) if tau1 else np.geomspace(SLOWEST, FASTEST, GRID)
    fast = np.array([tau2]) if tau2 else np.geomspace(SLOWEST, FASTEST, GRID)
    best = _best(load, day, performance, slow, fast)
    # shrinking windows around the best pair; the search keeps its best, so it never gets worse
    ratio = (SLOWEST / FASTEST) ** (1.0 / (GRID - 1))
    for zoom in range(ZOOMS if tau1 is None or tau2 is None else 0):
        reach = (ratio**2.0) ** (0.35**zoom)
        slow = np.array([tau1]) if tau1 else _around(best.tau1, reach)
        fast = np.array([tau2]) if tau2 else _around(best.tau2, reach)
        best = min(best, _best(load, day, performance, slow, fast), key=lambda found: found.sse)
    return best


def _around(tau: float, reach: float) -> Floats:
    return np.clip(tau * np.geomspace(1 / reach, reach, 15), FASTEST, SLOWEST)


def _best(load: Floats, day: NDArray[np.int64], performance: Floats, slow: Floats, fast: Floats) -> Fit:
    first = np.stack([trace(load, tau)[day] for tau in slow.tolist()])
    second = np.stack([trace(load, tau)[day] for tau in fast.tolist()])
    pairs = [(i, j) for i in range(len(slow)) for j in range(len(fast)) if slow[i] >= CLOSEST * fast[j]]
    if not pairs:
        raise ValueError("tau1 must exceed tau2")
    at, against = np.array(pairs).T
    p0, k1, k2, sse = _weights(performance, first[at], second[against])
    one = int(np.argmin(sse))
    return Fit(*(float(x[one]) for x in (p0, k1, k2, slow[at], fast[against], sse)))


def _weights(performance: Floats, g: Floats, h: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """p0, k1, k2 and sum of squares for each row of traces (pairs, tests), k1 and k2 not below 0.

    Each admissible case is solved, both weights free, one alone or none, and the best kept: with two bounds that is
    the exact constrained minimum.
    """
    y = performance - performance.mean()
    g0, h0 = g - g.mean(axis=1, keepdims=True), -(h - h.mean(axis=1, keepdims=True))
    gg, hh = (g0 * g0).sum(axis=1), (h0 * h0).sum(axis=1)
    zero = np.zeros(len(g))
    cases = [(zero, zero)]
    only_g, only_h = _ratio(g0 @ y, gg), _ratio(h0 @ y, hh)
    cases += [(np.maximum(only_g, 0.0), zero), (zero, np.maximum(only_h, 0.0))]
    # the part of h0 that g0 does not explain, cleaned twice: nearly parallel traces lose half their digits in one go
    rest = h0 - g0 * _ratio((g0 * h0).sum(axis=1), gg)[:, None]
    rest = rest - g0 * _ratio((g0 * rest).sum(axis=1), gg)[:, None]
    k2 = _ratio(rest @ y, (rest * h0).sum(axis=1))
    k1 = _ratio((g0 * (y - k2[:, None] * h0)).sum(axis=1), gg)
    both = (k1 >= 0) & (k2 >= 0)
    cases.append((np.where(both, k1, 0.0), np.where(both, k2, 0.0)))
    ks1, ks2 = np.stack([case[0] for case in cases]), np.stack([case[1] for case in cases])
    sse = ((y - ks1[..., None] * g0 - ks2[..., None] * h0) ** 2).sum(axis=-1)
    best = np.argmin(sse, axis=0)
    row = np.arange(len(g))
    k1, k2 = ks1[best, row], ks2[best, row]
    return performance.mean() - k1 * g.mean(axis=1) + k2 * h.mean(axis=1), k1, k2, sse[best, row]


def _ratio(over: Floats, under: Floats) -> Floats:
    found: Floats = np.divide(over, under, out=np.zeros_like(over), where=under > 0)
    return found
