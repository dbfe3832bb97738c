"""How long it took to be back at the usual amount after earlier gaps of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.own_weeks import spread
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="after_gaps",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("weeks until training was back at its usual amount", "weeks"),
    source="Definition: median and quantiles over the athlete's own gaps",
    validity=Validity.ROUGH,
    limits=(
        "a gap may be unrecorded training; what followed it is then told too well",
        "gaps after which the amount never came back within 26 weeks count as 26",
        "nothing is said below three gaps",
    ),
    title="After own gaps",
)
def after_gaps(
    daily: Mapping[str, Any], *, gap_days: int = 10, back: float = 0.8, most: int = 26, least: int = 3,
    low: float = 0.1, high: float = 0.9,
) -> dict[str, Any]:  # fmt: skip
    """After own gaps.

    For each gap of at least `gap_days` [d] without training that has ended: weeks from its end until seven days held
    the share `back` of the mean week of the eight weeks before it.

    Parameters: `back` [1]; `most` [weeks] looked ahead; `least` gaps; `low`, `high` [1] quantiles.
    Returns `value` (median), `low`, `high` [weeks] (None with too few) and `n`.

    >>> block = np.concatenate([np.full(70, 600.0), np.zeros(14)])
    >>> found = after_gaps({"day": np.arange(6 * 84), "duration": np.tile(block, 6)})
    >>> found["value"], found["n"]
    (1.0, 3)
    """
    spent = np.asarray(daily["duration"], dtype=np.float64)
    trained = np.flatnonzero(spent > 0)
    starts = np.flatnonzero(np.diff(trained) > gap_days)
    waited = []
    total = np.concatenate([[0.0], np.cumsum(spent)])
    for place in starts.tolist():
        last, again = int(trained[place]), int(trained[place + 1])
        if last < 56 or again + 7 * most > len(spent):
            continue
        usual = (total[last + 1] - total[last - 55]) / 8
        ends = again + 7 * np.arange(1, most + 1)
        reached = np.flatnonzero(total[ends] - total[ends - 7] >= back * usual)
        waited.append(float(reached[0] + 1) if len(reached) else float(most))
    return spread(waited, low=low, high=high, least=least)
