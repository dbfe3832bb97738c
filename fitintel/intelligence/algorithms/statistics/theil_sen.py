"""Slope that a few odd values cannot move."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence import slopes
from fitintel.intelligence.known import matched, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="theil_sen",
    version="1.0.0",
    inputs={"x": "any", "y": "any"},
    output=("slope", "unit of y per unit of x"),
    source="Theil 1950; Sen 1968, J Am Stat Assoc 63:1379-1389; selection after Dillencourt et al. 1992, Int J "
    "Comput Geom Appl 2:1",
    validity=Validity.HIGH,
    limits=(
        "a season inside the window looks like a trend; give weekly medians that do not overlap, never rolling means",
        "one straight line: a sudden change is hidden in it",
        "a slope without its interval says little (theil_sen_trend has one)",
    ),
)
def theil_sen(x: Any, y: Any) -> float | None:
    """Theil-Sen slope.

    Median of `(y_j - y_i) / (x_j - x_i)` over all pairs with different x. Exact, O(n log n). `x` (n,) in any order, or
    None for 0, 1, 2 ...; `y` (n,); points with a missing value are left out, their places kept. Raises DataError when
    lengths differ.

    Returns None without two different x. Sen 1968, J Am Stat Assoc 63:1379.

    >>> theil_sen([1, 2, 3, 4, 5], [1.26, 1.27, 1.12, 1.16, 1.03])  # per step
    -0.05625
    """
    values = row(y, "y")
    if x is None:
        return answer(slopes.theil_sen(values))  # type: ignore[no-any-return]
    place, values = matched(x=row(x, "x"), y=values)
    return answer(slopes.theil_sen(values, place))  # type: ignore[no-any-return]
