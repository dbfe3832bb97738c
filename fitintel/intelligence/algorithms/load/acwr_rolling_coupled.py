"""Mean load of the last week against mean load of the last four, that week included."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.acute_chronic import days_known, known_mean, ratio
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="acwr_rolling_coupled",
    version="1.0.0",
    inputs={"daily_loads": "load per day"},
    output=("acute and chronic load, and their ratio", "unit of the load per day; 1"),
    source="Rolling means of 7 and 28 days; Lolli et al. 2019, Br J Sports Med 53:921 on the coupling",
    validity=Validity.UNRELIABLE,
    limits=(
        "the week is part of both means: the ratio correlates with itself, and after three idle weeks it is 4 whatever "
        "the load",
        "a description of change, not of risk; no range of it is safe",
        "shown only for comparison with figures of other programs: load change, exponentially weighted, is preferred",
    ),
)
def acwr_rolling_coupled(daily_loads: Any, *, acute_days: int = 7, chronic_days: int = 28) -> dict[str, Any]:
    """Load change, rolling and coupled.

    `ratio = mean(last acute_days) / mean(last chronic_days)`; `daily_loads` (n,) or (athletes, n), one value a calendar
    day, rest days 0, NaN for a day that is not known. Raises DataError for a negative load.

    Parameters: `acute_days`, `chronic_days` [d].
    Returns `acute`, `chronic` [load per day] and `ratio` [1], None or NaN before `chronic_days` of history, when more
    than a quarter of either window is missing, and the ratio when the chronic load is 0.

    >>> acwr_rolling_coupled([0] * 21 + [50] * 7)["ratio"]  # three idle weeks, then any load
    4.0
    """
    load, history = days_known(daily_loads)
    acute, chronic = known_mean(load, 1, acute_days), known_mean(load, 1, chronic_days)
    return ratio(acute, chronic, history >= chronic_days)
