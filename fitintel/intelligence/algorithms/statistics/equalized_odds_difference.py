"""How unevenly hits and false alarms fall on groups."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.groups import by_group, gap
from fitintel.intelligence.known import labels, matched, row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="equalized_odds_difference",
    version="1.0.0",
    inputs={"y_true": "0/1", "y_pred": "0/1", "group": "name"},
    output=("larger of the two differences of rates", "1"),
    source="Hardt, Price & Srebro 2016, NeurIPS 29; difference as in fairlearn",
    validity=Validity.HIGH,
    limits=(
        "needs true labels of every group: a group without positives (or negatives) is left out of that rate, not"
        " counted as 0",
        "report a group only with 20 athletes and 100 events, and always with an interval",
    ),
)
def equalized_odds_difference(y_true: Any, y_pred: Any, group: Any) -> dict[str, Any]:
    """Equalized odds.

    The larger of two differences between groups: of the share of real ones that were found, and of the share of others
    that were alarmed. `y_true`, `y_pred` (n,) 0 or 1, pairs with a missing one left out; `group` (n,) names. Raises
    DataError for anything else.

    Returns `difference`, `true_positive_rate` and `false_positive_rate` by group; None where fewer than two groups have
    a rate. Hardt, Price & Srebro 2016, NeurIPS 29.

    >>> equalized_odds_difference([1, 1, 0, 1, 1, 0], [1, 1, 0, 1, 0, 0], list("FFFMMM"))["difference"]  # share
    0.5
    """
    real, said = matched(y_true=labels(row(y_true, "y_true"), "y_true"), y_pred=labels(row(y_pred, "y_pred"), "y_pred"))
    found, alarmed = (by_group(np.where(real == value, said, np.nan), group) for value in (1, 0))
    apart = [difference for difference, _ in (gap(found), gap(alarmed)) if difference is not None]
    return {
        "difference": max(apart, default=None),
        "true_positive_rate": found,
        "false_positive_rate": alarmed,
    }
