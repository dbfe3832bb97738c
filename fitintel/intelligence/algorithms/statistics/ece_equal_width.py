"""How far probabilities are from what happens, bin by bin."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import labels, matched, row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, positive, within


@algorithm(
    id="ece_equal_width",
    version="1.0.0",
    inputs={"y": "0/1", "p": "1"},
    output=("expected calibration error", "1"),
    source="Guo et al. 2017, ICML: sum of n_b / n |mean(y) - mean(p)| over equally wide bins [k/B, (k+1)/B)",
    validity=Validity.USEFUL,
    limits=(
        "too high for few cases even when all is well: compare with resampled data of known calibration",
        "changes with the number of bins; a good value does not make probabilities useful",
    ),
)
def ece_equal_width(y: Any, p: Any, *, bins: int = 10) -> float | None:
    """Expected calibration error.

    `sum over bins of n_b / n |mean y - mean p|`; bin k holds `k / bins <= p < (k + 1) / bins`, the last one also p = 1.
    `y` (n,) what happened, `p` (n,) the probability given; pairs with a missing one are left out. Raises DataError for
    anything but 0/1 and shares, or fewer than one bin.

    Parameters: `bins` [count].
    Returns None without a pair. Guo et al. 2017, ICML.

    >>> ece_equal_width([0, 1, 1], [0.2, 0.7, 0.9], bins=2)  # probability
    0.2
    """
    positive(bins=bins)
    within(0, 1, p=p)
    happened, said = matched(y=labels(row(y, "y"), "y"), p=row(p, "p"))
    known = np.isfinite(said)
    # against the edges themselves: p * bins may fall short of a whole number by the last bit
    place = np.searchsorted(np.arange(1, bins) / bins, said[known], side="right")
    apart = np.abs(np.bincount(place, happened[known] - said[known], minlength=bins)).sum()
    return answer(divided(apart, known.sum()))  # type: ignore[no-any-return]
