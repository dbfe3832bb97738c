"""P-values made comparable with a false discovery rate."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.multiplicity import adjusted
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="benjamini_hochberg_adjusted",
    version="1.0.0",
    inputs={"p": "1"},
    output=("adjusted p-values", "1"),
    source="Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300; step-up form of Yekutieli & Benjamini 1999",
    validity=Validity.HIGH,
    limits=(
        "an adjusted p-value belongs to its family: with other tests beside it, it is another number",
        "holds for independent or positively dependent tests",
    ),
)
def benjamini_hochberg_adjusted(p: Any) -> Any:
    """Benjamini-Hochberg adjusted p-values.

    `min over j >= i of p_(j) n / j`, at most 1: the least false discovery rate at which a test is rejected. `p` (...,
    n), one family a row; the answer is in the same order, NaN where one is missing. Raises DataError outside 0 to 1.

    Benjamini & Hochberg 1995, J R Stat Soc B 57:289.

    >>> benjamini_hochberg_adjusted([0.01, 0.04, 0.03])  # probabilities
    array([0.03, 0.04, 0.04])
    """
    return adjusted(p)
