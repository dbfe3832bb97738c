"""How often a case with the event has the higher score."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import labels, matched, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.slopes import ranks
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="roc_auc",
    version="1.0.0",
    inputs={"y": "0/1", "score": "any"},
    output=("area under the curve", "1"),
    source="Hanley & McNeil 1982, Radiology 143:29-36; rank form with ties counted half",
    validity=Validity.HIGH,
    limits=(
        "says nothing of calibration, nor of the alarms at any threshold; for rare events read precision too",
        "rows of one athlete depend on each other: draw athletes, not rows, for an interval",
    ),
)
def roc_auc(y: Any, score: Any) -> float | None:
    """Area under the ROC curve.

    `(sum of ranks of the positives - n+ (n+ + 1) / 2) / (n+ n-)`, equal scores counted half. `y` (n,) 0 or 1, `score`
    (n,); pairs with a missing one are left out. Raises DataError for other labels.

    Returns None when one of the two classes is empty. Hanley & McNeil 1982, Radiology 143:29.

    >>> roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])  # 1
    0.75
    """
    happened, said = matched(y=labels(row(y, "y"), "y"), score=row(score, "score"))
    known = np.isfinite(said)
    positive = happened[known] == 1
    n = int(positive.sum())
    above = ranks(said[known])[positive].sum() - n * (n + 1) / 2
    return answer(divided(above, n * (len(positive) - n)))  # type: ignore[no-any-return]
