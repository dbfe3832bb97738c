"""Labels for calibration, moved in from 0 and 1."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="platt_targets",
    version="1.0.0",
    inputs={"n_pos": "count", "n_neg": "count"},
    output=("targets for positives and negatives", "1"),
    source="Platt 1999, Advances in Large Margin Classifiers, 61-74",
    validity=Validity.HIGH,
    limits=("for fewer than about a thousand labels; above, isotonic calibration bends where it must",),
)
def platt_targets(n_pos: Any, n_neg: Any) -> dict[str, Any]:
    """Platt targets.

    `(n_pos + 1) / (n_pos + 2)` in place of 1 and `1 / (n_neg + 2)` in place of 0, so that few labels cannot make a
    probability certain. Numbers or arrays. Raises DataError for negative counts.

    Returns `t_pos`, `t_neg`. Platt 1999.

    >>> platt_targets(8, 2)  # probabilities
    {'t_pos': 0.9, 't_neg': 0.25}
    """
    not_negative(n_pos=n_pos, n_neg=n_neg)
    positives, negatives = numbers(n_pos, "n_pos"), numbers(n_neg, "n_neg")
    return {"t_pos": answer((positives + 1) / (positives + 2)), "t_neg": answer(1 / (negatives + 2))}
