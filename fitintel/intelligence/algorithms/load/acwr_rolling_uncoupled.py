"""Mean load of the last week against mean load of the three weeks before it."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.acute_chronic import days_known, known_mean, ratio
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="acwr_rolling_uncoupled",
    version="1.0.0",
    inputs={"daily_loads": "load per day"},
    output=("acute and chronic load, and their ratio", "unit of the load per day; 1"),
    source="Windt & Gabbett 2019, Br J Sports Med 53:988-990",
    validity=Validity.ROUGH,
    limits=(
        "a description of change, not of risk; no range of it is safe",
        "without an upper bound after idle weeks, and undefined after three of them",
        "a day drops out of a window at once: the ratio moves on days without training",
    ),
)
def acwr_rolling_uncoupled(daily_loads: Any, *, acute_days: int = 7, chronic_days: int = 28) -> dict[str, Any]:
    """Load change, rolling and uncoupled.

    `ratio = mean(days 1-7) / mean(days 8-28)`, counted back from the last; `daily_loads` (n,) or (athletes, n), one
    value a calendar day, rest days 0, NaN for a day that is not known. Raises DataError for a negative load.

    Parameters: `acute_days` [d]; `chronic_days` [d] the whole span, whose older part is the chronic one.
    Returns `acute`, `chronic` [load per day] and `ratio` [1], None or NaN before `chronic_days` of history, when more
    than a quarter of either window is missing, and the ratio when the chronic load is 0.

    >>> acwr_rolling_uncoupled([40] * 21 + [50] * 7)["ratio"]
    1.25
    """
    load, history = days_known(daily_loads)
    acute, chronic = known_mean(load, 1, acute_days), known_mean(load, acute_days + 1, chronic_days)
    return ratio(acute, chronic, history >= chronic_days)
