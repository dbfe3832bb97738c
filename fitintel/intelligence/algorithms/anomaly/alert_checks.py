"""The checks of a day, each as a p-value: how seldom the athlete's own past looked like this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.checks import CHECKS, DayChecks, NightChecks
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="alert_checks",
    version="1.1.0",
    changed="resting heart rate, HRV and sleep are a sixth check",
    inputs={
        "daily": "daily_totals", "weekly": "weekly_totals", "anomalies": "workout_anomaly",
        "changes": "first weeks of lasting changes with the day on which each was first found",
        "wellness": "wellness_deviation",
    },
    output=("p-values of each day's checks", "1"),
    source="Conformal p-values, Bates et al. 2023, Ann Stat 51:149-178; Sidak 1967, J Am Stat Assoc 62:626 for the "
    "workouts of a week; heavy-tailed (Student's t, 4 degrees of freedom) where fewer than 49 earlier weeks are known",
    validity=Validity.USEFUL,
    limits=(
        "valid as far as earlier and present days are alike: seasons and new habits make checks less sure",
        "a p-value says how seldom, not how bad",
        "values that cannot be are no question of chance: they have no p-value and are always told",
    ),
)  # fmt: skip
def alert_checks(
    daily: Mapping[str, Any], weekly: Mapping[str, Any], anomalies: Mapping[str, Any],
    changes: Sequence[Mapping[str, Any]] = (), wellness: Mapping[str, Any] | None = None, *, days: int = 56,
) -> dict[str, Any]:  # fmt: skip
    """Checks of each day.

    Six checks a day, each on what was known on that day only. `gap`: share of the gaps of two years that were as long
    as the days since the last training. `load`: share of the last 104 weeks whose robust z was as large as the last
    complete week's. `habit`: the same for the difference between the last 8 weeks and the 26 before, where a lasting
    change is told that was found less than two weeks ago. `unusual` and `entry`: share of the workouts of two years
    without errors that deviated as much as the most unusual, and the most likely wrong, workout of the last seven days,
    for as many workouts as these days hold. `wellness`: the p-value of the sign (resting heart rate, HRV, sleep) that
    deviates most seldom so far to the worse side, for as many signs as have enough nights. A check without anything to
    tell that day has p = 1; one that lacks data is no test. Findings that cannot be what happened (`hard`) have no
    p-value.

    Parameters: `days` [d] that are checked, the last is the last of `daily`.
    Returns columns, by day, then check: `day`, `check`, `key` (code and what it is about; empty: nothing to tell), `p`
    (NaN: hard), `hard`.

    >>> training = np.tile([1.0, 0, 0], 40)
    >>> training[-14:] = 0
    >>> daily = {"day": np.arange(120), "training": training}
    >>> weekly = {"week": np.array([], dtype=int), "duration": np.array([]), "distance": np.array([])}
    >>> none = {"id": [], "day": [], "kind": [], "hard": [], "compared": {"id": [], "day": [], "surprise": []}}
    >>> found = alert_checks(daily, weekly, none, days=1)
    >>> found["check"].tolist(), found["key"].tolist(), found["p"].round(3)
    (['gap'], ['alert_gap:105'], array([0.013]))
    """
    known = np.asarray(daily["day"], dtype=np.int64)
    last = int(known[-1]) if len(known) else -1
    first = max(last - days + 1, int(known[0]) if len(known) else 0)
    found, body = DayChecks(daily, weekly, anomalies, changes, first), NightChecks(wellness)
    rows = [row for day in range(first, last + 1) for row in (*found.of(day), *body.of(day))]
    return {
        "day": np.array([row.day for row in rows], dtype=np.int64),
        "check": np.array([row.check for row in rows], dtype=object),
        "key": np.array([row.key for row in rows], dtype=object),
        "p": np.array([row.p for row in rows], dtype=np.float64),
        "hard": np.array([row.hard for row in rows], dtype=bool),
        "checks": [*CHECKS, "wellness"],
    }
