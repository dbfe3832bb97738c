"""How alike sleep and waking are from one day to the next."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="sleep_regularity_index",
    version="1.0.0",
    inputs={"epochs": "1 asleep, 0 awake"},
    output=("sleep regularity index", "-100 to 100"),
    source="Phillips et al. 2017, Sci Rep 7:3216",
    validity=Validity.USEFUL,
    limits=(
        "regularity, not amount: always sleeping four hours at the same time scores 100",
        "give at least five days; a device that takes quiet waking for sleep hides irregularity",
        "some apps show the unscaled share: 96 there is 92 here",
    ),
)
def sleep_regularity_index(epochs: Any, *, epochs_per_day: int = 1440, least_coverage: float = 0.5) -> Any:
    """Sleep regularity index.

    `-100 + 200 * share of epochs whose state 24 h later is the same`; 100 is the same every day, 0 is chance. `epochs`
    (n,) or (athletes, n) in order of time, 1 asleep, 0 awake, NaN not known: a pair counts when both are known.
    Undefined with a day or less, or when fewer than `least_coverage` of the pairs are known. Raises DataError for a
    state other than 0 or 1.

    Parameters: `epochs_per_day` [1]; `least_coverage` [1].

    >>> two_nights = [1] * 8 + [0] * 16 + [0] + [1] * 7 + [0] * 16  # the second begins an hour later
    >>> round(sleep_regularity_index(two_nights, epochs_per_day=24), 2)
    91.67
    """
    if epochs_per_day < 1:
        raise DataError(f"epochs_per_day is {epochs_per_day}", why="a number of at least 1 is expected")
    state = np.asarray(epochs, dtype=np.float64)
    wrong = np.isfinite(state) & (state != 0) & (state != 1)
    if wrong.any():
        raise DataError(f"a state of {state[wrong].flat[0]:g}", why="1 for asleep, 0 for awake, NaN for not known")
    now, later = state[..., :-epochs_per_day], state[..., epochs_per_day:]
    known = np.isfinite(now) & np.isfinite(later)
    count = known.sum(axis=-1)
    share = divided((known & (now == later)).sum(axis=-1), count)
    return answer(np.where(count >= least_coverage * known.shape[-1], -100.0 + 200.0 * share, np.nan))
