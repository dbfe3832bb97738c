"""Which of many tests to believe, however they depend on each other."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.multiplicity import rejected
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="benjamini_yekutieli",
    version="1.0.0",
    inputs={"p": "1"},
    output=("rejected tests", "count and places"),
    source="Benjamini & Yekutieli 2001, Ann Stat 29:1165-1188",
    validity=Validity.HIGH,
    limits=(
        "far more careful than needed for independent tests: with 20 tests q counts as a quarter of itself",
        "one family a day: across days the error adds up",
    ),
)
def benjamini_yekutieli(p: Any, *, q: float = 0.1) -> dict[str, Any]:
    """Benjamini-Yekutieli tests.

    As Benjamini-Hochberg with `q / (1 + 1/2 + ... + 1/n)` in place of q: right under any dependence. `p` (n,), missing
    ones are no tests. Raises DataError for a p-value or `q` outside 0 to 1.

    Parameters: `q` [1] false discovery rate.
    Returns `n_rejected`, `rejected` (places in `p`), `largest_p` rejected, None if none.
    Benjamini & Yekutieli 2001, Ann Stat 29:1165.

    >>> benjamini_yekutieli([0.001, 0.5, 0.02], q=0.05)["n_rejected"]  # tests
    1
    """
    return rejected(row(p, "p"), q, any_dependence=True)
