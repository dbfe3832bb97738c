"""Totals of calendar weeks: the series that trends, change points and forecasts are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.days import weekday
from fitintel.intelligence.registry import algorithm

QUANTITIES = ("sessions", "duration", "distance")


@algorithm(
    id="weekly_totals",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("sessions, duration, distance and training days per ISO week", "1, s, m, d"),
    source="Definition; weeks as in ISO 8601, Monday to Sunday",
    validity=Validity.HIGH,
    limits=(
        "only complete weeks are given; the week that holds the last day stands apart unless that day is its Sunday",
        "the days before the first Monday of the history are left out",
    ),
)
def weekly_totals(daily: Mapping[str, Any]) -> dict[str, Any]:
    """Weekly totals.

    Returns `week` int64[m] (day number of each Monday), `sessions`, `duration` [s], `distance` [m] and
    `training_days` float64[m], and `this_week`: the same so far for a week that is not over (`week`, `days` seen of
    it, `sessions`, `duration`, `distance`), or None.

    >>> daily = {"day": np.arange(20367, 20376), "sessions": np.ones(9), "duration": np.full(9, 60.0),
    ...          "distance": np.zeros(9), "training": np.zeros(9)}
    >>> found = weekly_totals(daily)
    >>> found["week"].tolist(), found["duration"].tolist(), found["this_week"]["days"]
    ([20367], [420.0], 2)
    """
    days = np.asarray(daily["day"], dtype=np.int64)
    lead = -weekday(int(days[0])) % 7 if len(days) else 0
    weeks = max(len(days) - lead, 0) // 7
    span = slice(lead, lead + 7 * weeks)
    columns = {name: np.asarray(daily[name], dtype=np.float64) for name in (*QUANTITIES, "training")}
    sums = {name: values[span].reshape(weeks, 7).sum(axis=1) for name, values in columns.items()}
    rest = lead + 7 * weeks if len(days) > lead else 0  # all days may lie before the first Monday: one week, not over
    this_week: dict[str, Any] | None = None
    if rest < len(days):
        last = int(days[-1])
        this_week = {"week": last - weekday(last), "days": len(days) - rest}
        this_week |= {name: float(columns[name][rest:].sum()) for name in QUANTITIES}
    return {
        "week": days[span].reshape(weeks, 7)[:, 0],
        "sessions": sums["sessions"],
        "duration": sums["duration"],
        "distance": sums["distance"],
        "training_days": sums["training"],
        "this_week": this_week,
    }
