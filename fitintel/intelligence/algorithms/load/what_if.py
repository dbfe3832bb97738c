"""Two or three plans side by side: the load they come to, with the spread of the athlete's own weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.daily_smoothing import gain
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.own_weeks import weeks_of
from fitintel.intelligence.registry import algorithm

Array = NDArray[Any]
TAPERED = 0.5
"""share of the usual load on the days of a taper (Bosquet 2007: 41-60 % less)"""


@algorithm(
    id="what_if",
    version="1.0.0",
    inputs={"daily_load": "daily_load", "pmc": "pmc", "plans": "plans to compare"},
    output=("CTL, ATL and TSB under each plan", "unit of the load per day"),
    source="Recursion of pmc; spread: own weekly ratio to the four weeks before; taper: Bosquet et al. 2007, Med "
    "Sci Sports Exerc 39:1358",
    validity=Validity.ROUGH,
    limits=(
        "arithmetic on assumed training: it says where smoothed load would stand, not how fit anyone would be",
        "a session is taken to be the athlete's usual one; how hard it is does not enter",
        "the spread supposes that plans are kept as loosely as past weeks resembled the month before",
    ),
    title="Plans side by side",
)
def what_if(
    daily_load: Mapping[str, Any], pmc: Mapping[str, Any], plans: Sequence[Mapping[str, Any]], *, weeks: int = 8,
    past: int = 26, least: int = 8, draws: int = 1000, nominal: float = 0.8, ctl_days: float = 42.0,
    atl_days: float = 7.0, seed: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """Plans side by side.

    Each plan: `sessions` a week, `ramp` [1] by which each week's load grows, `taper` [d] at the end at half the load,
    `miss` the week (from 1) without training, or None. A session is the median load of the athlete's training days of
    the last `past` weeks, laid on the weekdays as these were. Every week is then multiplied by a ratio drawn from the
    athlete's own past: the same draws for every plan, so that their differences are surer than each alone.

    Parameters: `weeks` [1] ahead; `least` [1] weeks needed; `draws`, `seed`; `nominal` [1]; `ctl_days`, `atl_days` [d].
    Returns `verdict` (ok, insufficient), `session` load, `ctl_now`, and one for each plan: `week_load` (weeks,) as
    planned, `ctl`, `ctl_low`, `ctl_high` (weeks,) at each week's end, `tsb`, `tsb_low`, `tsb_high` on the morning
    after, `difference`, `difference_low`, `difference_high` of CTL from the first plan, lists in the plans' order.

    >>> load = np.tile([60.0, 0, 60, 0, 60, 0, 0], 30)
    >>> chart = {"ctl": np.full(210, 25.7), "atl": np.full(210, 25.7)}
    >>> plans = [{"sessions": n, "ramp": 0.0, "taper": 0, "miss": None} for n in (3, 4)]
    >>> found = what_if({"day": np.arange(20367, 20577), "load": load}, chart, plans)
    >>> found["session"], [round(float(each[-1]), 1) for each in found["ctl"]]
    (60.0, [25.3, 31.4])
    """
    load = np.nan_to_num(np.asarray(daily_load["load"], dtype=np.float64))
    own = weeks_of(daily_load["day"], load)[-past:]
    if len(own) < least or not own.any():
        return {"verdict": "insufficient", "n": len(own), "needed": least}
    session = float(np.median(own[own > 0]))
    by_weekday = own.sum(axis=0) / own.sum()
    chance = np.random.default_rng(seed)
    ratio = _ratios(own)
    drawn = ratio[chance.integers(0, len(ratio), (draws, weeks))]
    start = {"ctl": float(pmc["ctl"][-1]), "atl": float(pmc["atl"][-1])}
    bounds = (0.5, 0.5 - nominal / 2, 0.5 + nominal / 2)
    found: dict[str, Any] = {
        "verdict": "ok", "session": session, "ctl_now": start["ctl"], "n": len(own),
        "weekly_spread": float(ratio.std()),
        **{name: [] for name in ("week_load", "ctl", "ctl_low", "ctl_high", "tsb", "tsb_low", "tsb_high", "difference",
                                 "difference_low", "difference_high")},
    }  # fmt: skip
    first: Array | None = None
    for plan in plans:
        planned = _days(plan, session, by_weekday, weeks)
        daily = (planned.reshape(weeks, 7) * drawn[:, :, None]).reshape(draws, -1)
        ctl, atl = (decayed(daily, 1.0 - gain(days), gain(days), start[name])
                    for name, days in (("ctl", ctl_days), ("atl", atl_days)))  # fmt: skip
        first = ctl[:, -1] if first is None else first
        for name, values in (("ctl", ctl[:, 6::7]), ("tsb", ctl[:, -1] - atl[:, -1]),
                             ("difference", ctl[:, -1] - first)):  # fmt: skip
            middle, low, high = np.quantile(values, bounds, axis=0).tolist()
            found[name].append(middle)
            found[f"{name}_low"].append(low)
            found[f"{name}_high"].append(high)
        found["week_load"].append(planned.reshape(weeks, 7).sum(axis=1).tolist())
    return found


def _days(plan: Mapping[str, Any], session: float, by_weekday: Array, weeks: int) -> Array:
    """Planned load of each day."""
    week = plan["sessions"] * session * (1.0 + plan["ramp"]) ** np.arange(weeks)
    if plan["miss"]:
        week[plan["miss"] - 1] = 0.0
    days: Array = (week[:, None] * by_weekday).ravel()
    if plan["taper"]:
        days[-int(plan["taper"]) :] *= TAPERED
    return days


def _ratios(own: Array) -> Array:
    """Each week's load over the mean of up to four weeks before it, scaled to a mean of 1."""
    total = own.sum(axis=1)
    before = np.array([total[max(0, at - 4) : at].mean() for at in range(1, len(total))])
    found: Array = np.minimum(total[1:][before > 0] / before[before > 0], 3.0)
    if not len(found) or not found.mean() > 0:
        return np.ones(1)
    scaled: Array = found / found.mean()
    return scaled
