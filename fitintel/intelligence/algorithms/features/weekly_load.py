"""Load of each week, and the chronic load at its end."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

WEEK = 7


@algorithm(
    id="weekly_load", version="1.1.0", title="Weekly load",
    inputs={"daily_load": "daily_load", "pmc": "pmc", "weekly": "weekly totals"},
    output=("load and CTL per week", "unit of the load"),
    source="fitintel definition; CTL of the last day of the week as in pmc",
    validity=Validity.USEFUL,
    limits=("as good as the load: compare weeks of one method only",
            "CTL is smoothed load and has no gain from load to performance: nothing of the body is measured"),
)  # fmt: skip
def weekly_load(daily_load: dict[str, Any], pmc: dict[str, Any], weekly: dict[str, Any]) -> dict[str, Any]:
    """Total load of each complete week, and CTL at the end of it.

    Returns `week` (n,) [day number of the Monday] and `load` (n,); `warm_week` (m,) and `ctl` (m,): CTL on the
    Sunday of those weeks at whose end it has warmed up. A day without a known load counts as none.

    >>> day = np.arange(19999, 20013)
    >>> pmc = {"day": day, "ctl": np.arange(14.0), "warming_up": np.where(day < 20006, 1.0, 0.0)}
    >>> found = weekly_load({"day": day, "load": np.full(14, 10.0)}, pmc, {"week": [19999, 20006]})
    >>> found["load"], found["warm_week"], found["ctl"]
    (array([70., 70.]), array([20006]), array([13.]))
    """
    week = np.asarray(weekly["week"], dtype=np.int64)
    day = np.asarray(daily_load["day"], dtype=np.int64)
    if not len(week) or not len(day):
        nothing = np.full(0, np.nan)
        return {"week": week[:0], "load": nothing, "warm_week": week[:0], "ctl": nothing}
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(np.asarray(daily_load["load"], dtype=np.float64)))])
    # weeks begin and end with the same calendar as days do; a load may begin later than the first workout
    start, end = (np.clip(week + ahead - day[0], 0, len(day)) for ahead in (0, WEEK))
    last = np.clip(end - 1, 0, len(day) - 1)
    warm = np.asarray(pmc["warming_up"], dtype=np.float64)[last] == 0
    return {"week": week, "load": total[end] - total[start], "warm_week": week[warm],
            "ctl": np.asarray(pmc["ctl"], dtype=np.float64)[last][warm]}  # fmt: skip
