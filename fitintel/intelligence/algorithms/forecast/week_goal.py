"""How likely this week reaches a weekly goal, from the rest of the athlete's own past weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.days import weekday
from fitintel.core.errors import UnknownName
from fitintel.intelligence.chances import chance, fared
from fitintel.intelligence.conformal import wilson_interval
from fitintel.intelligence.own_weeks import weeks_of
from fitintel.intelligence.registry import algorithm

QUANTITIES = ("training", "duration", "distance")


@algorithm(
    id="week_goal",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("probability of reaching the goal this week", "1"),
    source="Resampling of the athlete's own weeks; Jeffreys' prior, Wilson 1927, J Am Stat Assoc 22:209; Brier 1950",
    validity=Validity.USEFUL,
    limits=(
        "what is planned for the rest of the week is not known to it",
        "past weeks count alike, whatever the season; a change of habit makes it wrong for some weeks",
        "nothing is said below eight complete weeks",
    ),
    title="Chance of the week's goal",
)
def week_goal(
    daily: Mapping[str, Any], *, goal: float = 4.0, quantity: str = "training", weeks: int = 52, least: int = 8
) -> dict[str, Any]:
    """Chance of the week's goal.

    The rest of this week is taken to be like the rest, from the same weekday on, of one of the last `weeks` weeks. The
    last day given still counts to the rest while nothing is recorded on it. The same is asked of every past week with
    the weeks before it, and compared with what came.

    Parameters: `goal` [d, s or m a week] of `quantity` (training days, duration, distance); `weeks` [1]; `least` [1].
    Returns `so_far`, `needed` still, `days_left`, `p` (None with too few weeks) with `p_low`, `p_high` (80 % Wilson
    bounds), `n` weeks, and of the test on past weeks what `chances.fared` returns.

    >>> training = np.tile([1.0, 0, 1, 0, 1, 0, 0], 20)
    >>> found = week_goal({"day": np.arange(20367, 20367 + 136), "training": training[:136]}, goal=3)
    >>> found["so_far"], found["days_left"], round(found["p"], 2)
    (2.0, 4, 0.97)
    """
    if quantity not in QUANTITIES:
        raise UnknownName("quantity of a goal", quantity, QUANTITIES)
    day, values = np.asarray(daily["day"], dtype=np.int64), np.asarray(daily[quantity], dtype=np.float64)
    seen = weekday(int(day[-1])) + 1 if len(day) else 0
    so_far = float(values[-seen:].sum()) if seen else 0.0
    if seen and not values[-1]:
        seen -= 1
    past = weeks_of(day, values)
    past = past[:-1] if len(day) and weekday(int(day[-1])) == 6 else past
    early, rest = past[:, :seen].sum(axis=1), past[:, seen:].sum(axis=1)
    found: dict[str, Any] = {"so_far": so_far, "needed": max(goal - so_far, 0.0), "days_left": 7 - seen,
                             "n": min(len(past), weeks), "p": None, "p_low": None, "p_high": None}  # fmt: skip
    said = np.array([_chance(rest[max(0, at - weeks) : at], goal - early[at]) for at in range(least, len(past))])
    found |= fared(said[-weeks:], (past.sum(axis=1)[least:] >= goal - 1e-9)[-weeks:].astype(float))
    if so_far >= goal:
        return {**found, "p": 1.0, "p_low": 1.0, "p_high": 1.0}
    if len(past) < least:
        return found
    last = rest[-weeks:]
    hits = float(np.sum(last >= goal - so_far - 1e-9))
    low, high = wilson_interval(hits, len(last), confidence=0.8)
    return {**found, "p": chance(hits, len(last)), "p_low": low, "p_high": high}


def _chance(rest: Any, needed: float) -> float:
    return 1.0 if needed <= 0 else chance(float(np.sum(rest >= needed - 1e-9)), len(rest))
