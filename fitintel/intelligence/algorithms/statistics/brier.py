"""Mean squared error of probabilities."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import labels, matched, mean
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, within


@algorithm(
    id="brier",
    version="1.0.0",
    inputs={"y": "0/1", "p": "1"},
    output=("mean squared error", "1"),
    source="Brier 1950, Mon Weather Rev 78:1-3",
    validity=Validity.HIGH,
    limits=(
        "depends on the base rate: compare with the score of always saying the base rate",
        "for rare events nearly 0 whatever is said",
    ),
)
def brier(y: Any, p: Any) -> Any:
    """Brier score.

    `mean((y - p)^2)` along the last axis: 0 is perfect, 0.25 is always saying one half. `y` (..., n) what happened, `p`
    the probability given beforehand; pairs with a missing one are left out. Raises DataError for anything but 0/1 and
    shares.

    Returns None (NaN for a row) without a pair. Brier 1950, Mon Weather Rev 78:1.

    >>> brier([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3])  # squared probability
    0.0375
    """
    within(0, 1, p=p)
    happened, said = matched(y=labels(y, "y"), p=p)
    return answer(mean((happened - said) ** 2))
