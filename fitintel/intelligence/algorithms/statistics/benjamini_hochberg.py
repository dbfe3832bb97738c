"""Which of many tests to believe, at a false discovery rate."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.multiplicity import rejected
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="benjamini_hochberg",
    version="1.0.0",
    inputs={"p": "1"},
    output=("rejected tests", "count and places"),
    source="Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300",
    validity=Validity.HIGH,
    limits=(
        "holds for independent or positively dependent tests; otherwise benjamini_yekutieli",
        "one family a day: across days the error adds up, so a budget of alerts is needed as well",
        "a share of the rejected ones is false by design; none of them is certain",
    ),
)
def benjamini_hochberg(p: Any, *, q: float = 0.1) -> dict[str, Any]:
    """Benjamini-Hochberg tests.

    With the n p-values in rising order, all up to the largest i with `p_(i) <= q i / n` are rejected. `p` (n,), missing
    ones are no tests. Raises DataError for a p-value or `q` outside 0 to 1.

    Parameters: `q` [1] false discovery rate.
    Returns `n_rejected`, `rejected` (places in `p`), `largest_p` rejected, None if none.
    Benjamini & Hochberg 1995, J R Stat Soc B 57:289.

    >>> benjamini_hochberg([0.001, 0.5, 0.02], q=0.05)["n_rejected"]  # tests
    2
    """
    return rejected(row(p, "p"), q)
