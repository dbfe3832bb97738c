"""Rolling-origin back-test: every origin, expanding past, the choice of model nested inside each origin's past.

Shapes as in `smoothing`: a candidate is (n, horizon), row t made from values[0 .. t].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.conformal import adaptive_intervals, wilson_interval

Array = NDArray[Any]

NAIVE = "naive"
CHOSEN = "chosen"
ENOUGH_ERRORS = 8
"""realised errors that a candidate needs before it may be chosen"""


@dataclass(frozen=True)
class Backtest:
    """What each origin would have said, and how it fared.

    `forecast`, `low`, `high` (n, horizon) are those of the model that `chosen` (n,) names by index into `names` at each
    origin; `tested` are the origins that count in figures; `errors` maps each candidate and "chosen" to absolute errors
    (n, horizon) over the scale of the origin's own past (MASE), NaN where there is none.
    """

    names: tuple[str, ...]
    chosen: Array
    forecast: Array
    low: Array
    high: Array
    tested: Array
    errors: Mapping[str, Array]
    hits: Array
    """1.0 where the value lay in the interval, 0.0 where not, NaN where there is no such test (n, horizon)"""

    def mase(self, name: str = CHOSEN) -> float | None:
        """Mean scaled absolute error over the tested origins and horizons; None without a test."""
        return _mean(self.errors[name][self.tested])

    def mase_by_horizon(self, name: str = CHOSEN) -> list[float | None]:
        """The same for 1, 2, ... steps ahead."""
        return [_mean(column) for column in self.errors[name][self.tested].T]

    def tests(self, name: str = CHOSEN) -> int:
        """Number of (origin, horizon) pairs behind `mase`."""
        return int(np.isfinite(self.errors[name][self.tested]).sum())

    def coverage(self) -> dict[str, Any]:
        """`achieved` share of values inside their interval, its 95 % Wilson bounds, `n_tests`; None without a test."""
        hits = self.hits[self.tested]
        n, inside = int(np.isfinite(hits).sum()), float(np.nansum(hits))
        low, high = wilson_interval(inside, n) if n else (None, None)
        return {"achieved": inside / n if n else None, "achieved_low": low, "achieved_high": high, "n_tests": n}

    def coverage_by_horizon(self) -> list[float | None]:
        """Achieved share for 1, 2, ... steps ahead."""
        return [_mean(column) for column in self.hits[self.tested].T]


def _mean(values: Array) -> float | None:
    kept = values[np.isfinite(values)]
    return float(kept.mean()) if len(kept) else None


def naive_scale(values: Array, *, period: int = 1) -> Array:
    """MASE's yardstick at each origin: mean absolute change between neighbouring known values up to it; NaN at first.

    With `period`, between values one period apart.

    Hyndman & Koehler 2006, Int J Forecast 22:679.

    >>> naive_scale(np.array([10.0, 12.0, 11.0, 13.0])).tolist()
    [nan, 2.0, 1.5, 1.666667]
    """
    change = np.full(len(values), np.nan)
    change[period:] = np.abs(values[period:] - values[:-period])
    known = np.isfinite(change)
    count = np.cumsum(known)
    total = np.cumsum(np.where(known, change, 0.0))
    scale: Array = np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
    return scale


def targets(values: Array, horizon: int) -> Array:
    """What came true: row t holds values[t+1 .. t+horizon], NaN beyond the end."""
    padded = np.concatenate([values[1:], np.full(horizon, np.nan)])
    return np.lib.stride_tricks.sliding_window_view(padded, horizon)


def choose(errors: Mapping[str, Array]) -> Array:
    """Index of the candidate to use at each origin, from errors of targets up to that origin only.

    `errors`: candidate -> absolute errors (n, horizon), with "naive" among them. Candidates are ranked by their summed
    error over that of naive on the same tests, so that one that starts late is not judged on other weeks; naive has 1.
    """
    names = list(errors)
    base = errors[NAIVE]
    score = np.full((len(base), len(names)), np.inf)
    for column, name in enumerate(names):
        both = np.isfinite(errors[name]) & np.isfinite(base)
        own, naive, count = (_realised(np.where(both, part, 0.0)) for part in (errors[name], base, np.ones(base.shape)))
        usable = (count >= ENOUGH_ERRORS) & (naive > 0)
        np.divide(own, naive, out=score[:, column], where=usable)
    score[:, names.index(NAIVE)] = 1.0
    # a tie, as in a constant series, goes to the simplest
    score[:, names.index(NAIVE)] -= 1e-12
    best: Array = np.argmin(score, axis=1)
    return best


def _realised(parts: Array) -> Array:
    """Sum over all targets up to each time: the part of origin s and horizon h counts from time s+h on."""
    n, horizon = parts.shape
    total = np.zeros(n)
    for h in range(1, horizon + 1):
        total[h:] += parts[: max(0, n - h), h - 1]
    summed: Array = np.cumsum(total)
    return summed


def backtest(
    values: Array,
    candidates: Mapping[str, Array],
    *,
    initial: int,
    nominal: float,
    gamma: float,
    window: int,
    only: str | None = None,
) -> Backtest:
    """Test `candidates` (each n, horizon, never negative) from every origin with at least `initial` values before it.

    The last `horizon` origins have no full test window and are not tested. `only` uses one candidate throughout
    instead of choosing. `nominal`, `gamma`, `window`: see `adaptive_intervals`.
    """
    names = tuple(candidates)
    shape = candidates[NAIVE].shape
    truth = targets(values, shape[1])
    absolute = {name: np.abs(truth - forecast) for name, forecast in candidates.items()}
    chosen = np.full(shape[0], names.index(only)) if only else choose(absolute)
    stacked = np.stack([candidates[name] for name in names])
    origin = np.arange(shape[0])
    forecast = stacked[chosen, origin]
    # a candidate may be silent at one origin (a missing week a year ago): naive speaks for it
    forecast = np.where(np.isfinite(forecast), forecast, candidates[NAIVE])
    low, high = adaptive_intervals(values, forecast, nominal=nominal, gamma=gamma, window=window)
    absolute[CHOSEN] = np.abs(truth - forecast)
    scale = naive_scale(values)[:, None]
    errors = {
        name: np.divide(error, scale, out=np.full(shape, np.nan), where=np.isfinite(error) & (scale > 0))
        for name, error in absolute.items()
    }
    seen = np.isfinite(truth) & np.isfinite(low)
    hits = np.where(seen, ((truth >= low) & (truth <= high)).astype(float), np.nan)
    return Backtest(
        names,
        chosen,
        forecast,
        low,
        high,
        origin[(origin >= initial - 1) & (origin < shape[0] - shape[1])],
        errors,
        hits,
    )
