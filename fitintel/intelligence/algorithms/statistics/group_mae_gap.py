"""How unevenly forecast errors fall on groups."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.groups import by_group, gap
from fitintel.intelligence.known import matched, row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="group_mae_gap",
    version="1.0.0",
    inputs={"y_true": "any", "y_pred": "unit of y_true", "group": "name"},
    output=("mean absolute error by group", "unit of y_true"),
    source="Mean absolute error by group, difference and ratio as in fairlearn's MetricFrame",
    validity=Validity.HIGH,
    limits=(
        "errors grow with the level: compare groups on a relative scale too",
        "report a group only with 20 athletes and 100 events, and always with an interval",
    ),
)
def group_mae_gap(y_true: Any, y_pred: Any, group: Any) -> dict[str, Any]:
    """Error gap between groups.

    Mean of `|y_true - y_pred|` in each group; largest less smallest, and smallest over largest. Series (n,), pairs with
    a missing one left out; `group` (n,) names. Raises DataError when lengths differ.

    Returns `mae` by group, `difference`, `ratio`; None with fewer than two groups.

    >>> group_mae_gap([10, 10, 10, 10], [11, 9, 13, 7], list("FFMM"))["difference"]  # unit of the values
    2.0
    """
    truth, said = matched(y_true=row(y_true, "y_true"), y_pred=row(y_pred, "y_pred"))
    errors = by_group(np.abs(truth - said), group)
    difference, ratio = gap(errors)
    return {"mae": errors, "difference": difference, "ratio": ratio}
