"""P9: the slope beside SciPy, change points beside ruptures, the forecast beside statsmodels.

Forecasts are compared on simulated athletes at origins that roll through the last weeks, errors scaled by those of the
seasonal naive (MASE): what costs less must not err more.
"""

from __future__ import annotations

import math
import statistics
import warnings
from collections.abc import Callable, Sequence

import numpy as np

from bench.figures import TIMES, Figure, ratio_figure
from bench.measure import cpu_of, ratio
from fitintel.intelligence.registry import get

SEED, DAYS = 20261123, 3653
POINTS, LEVELS, PENALTY = 3500, 12, 30.0
ORIGINS, SEASON = 5, 52
PAIRS = 7


def figures(short: bool) -> list[Figure]:
    """P9."""
    return [slope(3 if short else PAIRS), changes(short), *([] if short else forecast())]


def slope(pairs: int) -> Figure:
    """The exact Theil-Sen slope of ten years of days."""
    from scipy.stats import theilslopes

    theil_sen, x = get("theil_sen"), np.arange(float(DAYS))
    rng = np.random.default_rng(SEED)
    walk = 0.002 * x + np.cumsum(rng.normal(0, 0.05, DAYS)) + rng.normal(0, 1.0, DAYS)
    for y in (walk, np.round(walk), rng.normal(0, 1.0, DAYS)):
        assert math.isclose(theil_sen(None, y), theilslopes(y, x)[0], rel_tol=1e-9)
    found = ratio(lambda: cpu_of(lambda: theil_sen(None, walk))[0],
                  lambda: cpu_of(lambda: theilslopes(walk, x))[0], pairs)  # fmt: skip
    return ratio_figure(f"exact Theil-Sen slope of {DAYS:,} days, SciPy", found, 50)


def changes(short: bool) -> Figure:
    """Exact change points of the mean: the same breaks as ruptures' Pelt with every point a candidate."""
    import ruptures

    size = 600 if short else POINTS
    rng = np.random.default_rng(SEED)
    levels = np.repeat(rng.normal(0, 2.0, LEVELS), size // LEVELS)
    values = levels + rng.normal(0, 1.0, len(levels))
    ours = get("changepoint_mean_pelt")

    def theirs() -> list[int]:
        found: list[int] = ruptures.Pelt(model="l2", jump=1, min_size=1).fit(values).predict(PENALTY)[:-1]
        return found

    def own() -> list[int]:
        return list(ours(values, penalty=PENALTY, min_size=1))

    assert own()[:-1] == theirs()
    found = ratio(lambda: cpu_of(own)[0], lambda: cpu_of(theirs)[0], 1 if short else 3)
    return ratio_figure(f"change points of {len(values):,} days, ruptures.Pelt(jump=1)", found, None if short else 500)


def fleet(athletes: int, size: int, season: int) -> np.ndarray:
    """Minutes a week or a day: a level that wanders, a season, and times off."""
    rng = np.random.default_rng(SEED)
    t = np.arange(size)
    level = 240 + np.cumsum(rng.normal(0, 8 * math.sqrt(SEASON / season) / 3, (athletes, size)), axis=1)
    wave = rng.uniform(20, 70, (athletes, 1)) * np.sin(2 * np.pi * (t + rng.uniform(0, season, (athletes, 1))) / season)
    made = np.clip(level + wave + rng.normal(0, 45, (athletes, size)), 0, None)
    return np.where(rng.random(made.shape) < 0.05, 0.0, made)


def forecast() -> list[Figure]:
    """Our forecasts beside Holt-Winters of statsmodels: the cost of one, and the errors of both at the same origins."""
    figures: list[Figure] = []
    for name, size, season, step, ahead in (("weekly", 260, SEASON, 7, 4), ("daily", DAYS, 7, 1, 7)):
        rows = fleet(4, size, season)

        def ours(past: np.ndarray, name: str = name, step: int = step, ahead: int = ahead) -> np.ndarray:
            made = get(f"{name}_forecast")(20_000 // 7 * 7 + 4 + step * np.arange(len(past)), past)
            return np.asarray(made["mean"], dtype=float)[:ahead]

        def theirs(past: np.ndarray, season: int = season, ahead: int = ahead) -> np.ndarray:
            return holt_winters(past, season, ahead)

        own, other = errors(rows, season, ahead, (ours, theirs))
        found = ratio(lambda rows=rows, ours=ours: cpu_of(lambda: ours(rows[0]))[0],
                      lambda rows=rows, theirs=theirs: cpu_of(lambda: theirs(rows[0]))[0], 3)  # fmt: skip
        figures += [
            ratio_figure(f"{name} forecast with intervals, Holt-Winters of statsmodels, {size:,} values", found, 50),
            Figure(f"error of Holt-Winters over that of the {name} forecast", other / own, 1.0, TIMES,
                   note=f"MASE {own:.3f} and {other:.3f}; {len(rows)} simulated athletes, {ORIGINS} origins"),
        ]  # fmt: skip
    return figures


def errors(
    rows: np.ndarray, season: int, ahead: int, arms: Sequence[Callable[[np.ndarray], np.ndarray]]
) -> list[float]:
    """Mean absolute scaled error of each arm over the same origins."""
    found: list[list[float]] = [[] for _ in arms]
    for row in rows:
        for place in range(ORIGINS):
            origin = len(row) - ahead - 5 * place
            scale = float(np.mean(np.abs(row[season:origin] - row[: origin - season])))
            for kept, arm in zip(found, arms, strict=True):
                kept.append(float(np.mean(np.abs(arm(row[:origin]) - row[origin : origin + ahead]))) / scale)
    return [statistics.fmean(kept) for kept in found]


def holt_winters(past: np.ndarray, season: int, ahead: int) -> np.ndarray:
    """Damped additive Holt-Winters with its parameters fitted."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ExponentialSmoothing(past, trend="add", damped_trend=True, seasonal="add", seasonal_periods=season)
        return np.asarray(model.fit().forecast(ahead))
