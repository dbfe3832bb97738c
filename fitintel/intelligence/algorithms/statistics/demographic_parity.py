"""How unevenly alerts or labels fall on groups."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.groups import by_group, gap
from fitintel.intelligence.known import labels, row
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="demographic_parity",
    version="1.0.0",
    inputs={"y_pred": "0/1", "group": "name"},
    output=("difference and ratio of the groups' rates", "1"),
    source="Dwork et al. 2012, ITCS:214-226; difference and ratio as in fairlearn",
    validity=Validity.HIGH,
    limits=(
        "a monitor, not a target: groups may differ in what there is to find",
        "report a group only with 20 athletes and 100 events, and always with an interval",
    ),
)
def demographic_parity(y_pred: Any, group: Any) -> dict[str, Any]:
    """Demographic parity.

    Largest less smallest share of 1 among the groups, and smallest over largest. `y_pred` (n,) 0 or 1, missing ones
    left out; `group` (n,) names. Raises DataError for anything else.

    Returns `difference`, `ratio` and `rates` by group; None with fewer than two groups, the ratio also where nobody has
    a 1. Dwork et al. 2012, ITCS:214.

    >>> demographic_parity([1, 1, 0, 1, 0, 0], ["F", "F", "F", "M", "M", "M"])["ratio"]  # share of a share
    0.5
    """
    rates = by_group(labels(row(y_pred, "y_pred"), "y_pred"), group)
    difference, ratio = gap(rates)
    return {"difference": difference, "ratio": ratio, "rates": rates}
