"""How likely smoothed load reaches a target on a day, if the weeks to come are like the athlete's own last ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.chances import chance, fared
from fitintel.intelligence.daily_smoothing import gain
from fitintel.intelligence.registry import algorithm

Array = NDArray[Any]
HORIZON = 26 * 7


@algorithm(
    id="ctl_goal",
    version="1.0.0",
    inputs={"daily_load": "daily_load", "pmc": "pmc"},
    output=("probability of reaching the load by the day", "1"),
    source="Bootstrap of whole weeks (blocks of 7 days): Kuensch 1989, Ann Stat 17:1217; recursion of pmc",
    validity=Validity.ROUGH,
    limits=(
        "it supposes that the weeks to come are like the last half year: a plan that differs is not known to it",
        "CTL is smoothed load, not fitness: reaching a target says nothing of a result",
        "nothing is said below twelve weeks, or further than half a year ahead",
    ),
    title="Chance of a load target",
)
def ctl_goal(
    daily_load: Mapping[str, Any], pmc: Mapping[str, Any], *, target: float = 50.0, ahead: int = 28, weeks: int = 26,
    least: int = 12, draws: int = 2000, ctl_days: float = 42.0, nominal: float = 0.8, seed: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """Chance of a load target.

    CTL `ahead` [d] days after the last one given, each week to come drawn from the last `weeks` blocks of seven days.
    The test: the same from every second week of the last year, for a target as far above or below CTL as this one.

    Parameters: `target` [load/d]; `weeks`, `least` [1]; `draws` [1]; `ctl_days` [d]; `nominal` [1]; `seed`.
    Returns `ctl` now, `expected`, `low`, `high` on the day, `p` (None with too little data, or too far), and of the
    test what `chances.fared` returns.

    >>> load = np.tile([60.0, 0, 60, 0, 60, 60, 0], 40)
    >>> chart = {"ctl": np.full(280, 34.0)}
    >>> found = ctl_goal({"load": load}, chart, target=30.0, ahead=28)
    >>> found["p"] > 0.99, round(found["expected"], 1)
    (True, 34.0)
    """
    load, ctl = np.nan_to_num(np.asarray(daily_load["load"], dtype=np.float64)), np.asarray(pmc["ctl"])
    found: dict[str, Any] = {"ctl": float(ctl[-1]) if len(ctl) else None, "target": target, "ahead": ahead,
                             "expected": None, "low": None, "high": None, "p": None}  # fmt: skip
    enough = len(load) >= 7 * least and 0 < ahead <= HORIZON
    if not enough or not np.isfinite(ctl[-1]):
        return {**found, **fared(np.empty(0), np.empty(0))}
    drawn = _ahead(load, float(ctl[-1]), ahead, weeks, draws, ctl_days, seed)
    low, high = np.quantile(drawn, (0.5 - nominal / 2, 0.5 + nominal / 2)).tolist()
    found |= {"expected": float(np.median(drawn)), "low": low, "high": high,
              "p": chance(float(np.sum(drawn >= target)), draws)}  # fmt: skip
    share = target / float(ctl[-1]) if ctl[-1] > 0 else np.inf
    said, came = [], []
    for origin in range(len(load) - 1 - ahead, max(len(load) - 1 - ahead - 365, 7 * least), -14):
        if ctl[origin] > 0 and np.isfinite(share):
            tried = _ahead(load[: origin + 1], float(ctl[origin]), ahead, weeks, 200, ctl_days, seed)
            said.append(chance(float(np.sum(tried >= share * ctl[origin])), 200))
            came.append(float(ctl[origin + ahead] >= share * ctl[origin]))
    return {**found, **fared(np.array(said[::-1]), np.array(came[::-1]))}


def _ahead(load: Array, start: float, ahead: int, weeks: int, draws: int, ctl_days: float, seed: int) -> Array:
    """CTL on the day, (draws,): a linear filter, so that each block adds a fixed amount that then decays."""
    share = gain(ctl_days)
    blocks = load[-7 * min(weeks, len(load) // 7) :].reshape(-1, 7)
    count, rest = divmod(ahead, 7)
    chosen = np.random.default_rng(seed).integers(0, len(blocks), (draws, count + 1))
    added = blocks @ (share * (1 - share) ** np.arange(6, -1, -1.0))
    level = np.full(draws, start)
    for week in range(count):
        level = (1 - share) ** 7 * level + added[chosen[:, week]]
    if rest:
        part = blocks[:, :rest] @ (share * (1 - share) ** np.arange(rest - 1, -1, -1.0))
        level = (1 - share) ** rest * level + part[chosen[:, count]]
    return level
