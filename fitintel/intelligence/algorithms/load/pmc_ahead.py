"""Where smoothed load would stand after given days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.daily_smoothing import gain
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="pmc_ahead",
    version="1.0.0",
    inputs={"pmc": "pmc", "load": "load per day, the last day of the chart first"},
    output=("CTL, ATL and TSB of the days ahead", "unit of the load per day"),
    source="The recursion of pmc, continued",
    validity=Validity.USEFUL,
    limits=(
        "arithmetic on assumed loads: what is not trained as assumed comes out otherwise",
        "CTL and TSB are smoothed load and its difference, not fitness or form",
    ),
    title="Load chart continued",
)
def pmc_ahead(
    pmc: Mapping[str, Any], load: Any, *, ctl_days: float = 42.0, atl_days: float = 7.0
) -> dict[str, Any]:  # fmt: skip
    """Load chart continued.

    `load` (scenarios, n): the load of the chart's last day, which may not be over, and of the n - 1 days after it. The
    chart is taken as it stood the evening before.

    Parameters: `ctl_days`, `atl_days` [d] time constants, as the chart was made with.
    Returns `ctl`, `atl`, `tsb` (scenarios, n) of those days and `next_tsb` (scenarios,), the balance on the morning
    after the last of them.

    >>> chart = {"ctl": np.array([50.0, 50.0]), "atl": np.array([50.0, 50.0])}
    >>> found = pmc_ahead(chart, [[100.0], [0.0]])
    >>> found["next_tsb"].round(2).tolist(), found["tsb"].tolist()
    ([-5.48, 5.48], [[0.0], [0.0]])
    """
    planned = np.atleast_2d(np.asarray(load, dtype=np.float64))
    start = {name: float(pmc[name][-2]) if len(pmc[name]) > 1 else 0.0 for name in ("ctl", "atl")}
    ctl, atl = (
        decayed(planned, 1.0 - gain(days), gain(days), start[name])
        for name, days in (("ctl", ctl_days), ("atl", atl_days))
    )
    before = [np.concatenate([np.full((len(planned), 1), start[name]), level[:, :-1]], axis=1)
              for name, level in (("ctl", ctl), ("atl", atl))]  # fmt: skip
    return {"ctl": ctl, "atl": atl, "tsb": before[0] - before[1], "next_tsb": ctl[:, -1] - atl[:, -1]}
