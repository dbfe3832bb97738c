"""Interval for a proportion that also serves few cases."""

from __future__ import annotations

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence import conformal
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="wilson_interval",
    version="1.0.0",
    inputs={"successes": "count", "n": "count"},
    output=("bounds", "1"),
    source="Wilson 1927, J Am Stat Assoc 22:209-212",
    validity=Validity.HIGH,
    limits=("counts independent cases: days of one athlete are worth less, the interval is then too narrow",),
)
def wilson_interval(successes: float, n: float, *, confidence: float = 0.95) -> dict[str, float | None]:
    """Wilson interval.

    `(k + z^2/2 -+ z sqrt(k (n-k) / n + z^2/4)) / (n + z^2)`; within 0 to 1 also for 0 of n and n of n. Raises DataError
    for more successes than cases, negative counts, or a confidence that is not between 0 and 1.

    Parameters: `confidence` [1].
    Returns `lower`, `upper`; None without a case. Wilson 1927, J Am Stat Assoc 22:209.

    >>> wilson_interval(8, 10)["lower"]  # share
    0.490162
    """
    not_negative(successes=successes, n=n)
    positive(confidence=confidence)
    if confidence >= 1 or successes > n:
        raise DataError(
            f"{successes:g} of {n:g} at a confidence of {confidence:g}",
            why="no more successes than cases, and a confidence below 1, are expected",
        )
    lower, upper = conformal.wilson_interval(successes, n, confidence=confidence) if n else (None, None)
    return {"lower": lower, "upper": upper}
