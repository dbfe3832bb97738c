"""What easier weeks did to the load balance in the athlete's own past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.own_weeks import spread, weeks_of
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="eased_weeks",
    version="1.0.0",
    inputs={"daily_load": "daily_load", "pmc": "pmc"},
    output=("change of TSB over an easier week", "unit of the load per day"),
    source="Definition: median and quantiles over the athlete's own weeks",
    validity=Validity.USEFUL,
    limits=(
        "TSB is a difference of smoothed loads: that it rises after an easier week is arithmetic, not recovery",
        "nothing is said below five such weeks",
    ),
    title="Own easier weeks",
)
def eased_weeks(
    daily_load: Mapping[str, Any], pmc: Mapping[str, Any], *, at_most: float = 0.75, weeks: int = 156, least: int = 5,
    low: float = 0.1, high: float = 0.9,
) -> dict[str, Any]:  # fmt: skip
    """Own easier weeks.

    Weeks with at most the share `at_most` of the load of the week before, and more than none: balance on their Sunday
    less that on the Sunday before.

    Parameters: `at_most` [1]; `weeks` [1] to look back; `least` such weeks; `low`, `high` [1] quantiles.
    Returns `value` (median), `low`, `high` (None with too few) and `n`.

    >>> load = np.tile([[60.0] * 7, [30.0] * 7], (8, 1)).ravel()
    >>> day = np.arange(20367, 20367 + len(load))
    >>> chart = {"tsb": np.tile([[-10.0] * 7, [8.0] * 7], (8, 1)).ravel()}
    >>> eased_weeks({"day": day, "load": load}, chart)
    {'value': 18.0, 'low': 18.0, 'high': 18.0, 'n': 8}
    """
    total = np.nansum(weeks_of(daily_load["day"], daily_load["load"]), axis=1)[-weeks - 1 :]
    sunday = weeks_of(daily_load["day"], pmc["tsb"])[-weeks - 1 :, -1]
    easier = (total[1:] <= at_most * total[:-1]) & (total[1:] > 0)
    return spread(np.diff(sunday)[easier], low=low, high=high, least=least)
