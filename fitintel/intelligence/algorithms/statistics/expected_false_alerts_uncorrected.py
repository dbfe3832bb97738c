"""False alerts to expect from uncorrected tests."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, within


@algorithm(
    id="expected_false_alerts_uncorrected",
    version="1.0.0",
    inputs={"tests_per_day": "1/d", "days": "d"},
    output=("false alerts", "count"),
    source="Expected number of false rejections under the null, tests * alpha * days",
    validity=Validity.HIGH,
    limits=(
        "an upper figure: every check is taken to have nothing to find",
        "dependent checks give the same mean in fewer, larger bursts",
    ),
)
def expected_false_alerts_uncorrected(tests_per_day: Any, days: Any = 30.4375, *, alpha: float = 0.05) -> Any:
    """Expected false alerts.

    `tests_per_day * alpha * days`: what comes of testing every day without correction; 20 checks at 5 % make 30 a
    month. Numbers or arrays. Raises DataError for negative numbers or `alpha` outside 0 to 1.

    Parameters: `alpha` [1] level of each test.

    >>> expected_false_alerts_uncorrected(20, 30.4375, alpha=0.05)  # per athlete and month
    30.4375
    """
    not_negative(tests_per_day=tests_per_day, days=days)
    within(0, 1, alpha=alpha)
    return answer(numbers(tests_per_day, "tests_per_day") * numbers(days, "days") * alpha)
