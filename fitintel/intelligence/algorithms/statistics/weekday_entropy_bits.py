"""How evenly training is spread over the weekdays."""

from __future__ import annotations

import math
from typing import Any

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.entropy import nats
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, not_negative


@algorithm(
    id="weekday_entropy_bits",
    version="1.0.0",
    inputs={"counts": "count per weekday, Monday first"},
    output=("entropy", "bit"),
    source="Shannon 1948, Bell Syst Tech J 27:379-423; largest for seven equal days, log2(7) = 2.807",
    validity=Validity.HIGH,
    limits=(
        "not better or worse: two fixed days and seven even ones are both habits",
        "for few weeks it is too low",
    ),
)
def weekday_entropy_bits(counts: Any) -> Any:
    """Weekday entropy.

    `-sum(p log2 p)` with p the share of sessions on each weekday: 0 for one fixed day, 2.807 for seven equal ones.
    `counts` (..., 7), Monday first. Raises DataError for another number of days or a negative count.

    Returns None (NaN for a row) without a session, or where a count is missing. Shannon 1948.

    >>> weekday_entropy_bits([8, 0, 8, 0, 8, 0, 0])  # bit
    1.584963
    """
    not_negative(counts=counts)
    sessions = numbers(counts, "counts")
    if sessions.shape[-1:] != (7,):
        raise DataError(f"counts has the shape {sessions.shape}", why="one count a weekday, Monday first, is expected")
    shares = divided(sessions, sessions.sum(axis=-1, keepdims=True))
    return answer(nats(shares) / math.log(2))
