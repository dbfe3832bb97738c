"""How often an athlete is alerted for nothing."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative, positive


@algorithm(
    id="false_alerts_per_athlete_month",
    version="1.0.0",
    inputs={"false_alerts": "count", "athletes": "count", "days": "d"},
    output=("false alerts", "per athlete and month"),
    source="Definition: false alerts / (athletes * days / 30.4375)",
    validity=Validity.HIGH,
    limits=(
        "what is false must be known: from history with its order drawn anew, or from labels",
        "a mean over athletes hides the one who gets them all; give an upper bound with it",
    ),
)
def false_alerts_per_athlete_month(
    false_alerts: Any, athletes: Any, days: Any, *, days_per_month: float = 30.4375
) -> Any:
    """False alerts per athlete and month.

    `false_alerts / (athletes * days / days_per_month)`. Numbers or arrays. Raises DataError for negative numbers.

    Parameters: `days_per_month` [d], 365.25 / 12.
    Returns None (NaN in an array) without a day or an athlete.

    >>> false_alerts_per_athlete_month(18, 12, 90)  # per athlete and month
    0.507292
    """
    not_negative(false_alerts=false_alerts, athletes=athletes, days=days)
    positive(days_per_month=days_per_month)
    exposure = numbers(athletes, "athletes") * numbers(days, "days")
    return answer(divided(numbers(false_alerts, "false_alerts") * days_per_month, exposure))
